# Programs of the host: files, text, names, numbers.

### listing, 1
mkdir d; echo x > d/f; touch d/.h; ln -s f d/l; mkdir d/s
ls d; ls -a d; ls -A d; ls -F d; ls -1 d; ls -d d; ls -R d; ls -p d

### listing, 2
mkdir d; echo x > d/f; touch d/.h; ln -s f d/l; mkdir d/s
ls -l d | sed 1d | cut -c 1-10

### listing, 3
mkdir d; echo x > d/f; touch d/.h; ln -s f d/l; mkdir d/s
ls nosuch; echo $?

### listing, 4
mkdir d; echo x > d/f; touch d/.h; ln -s f d/l; mkdir d/s
ls -z; echo $?

### listing, 5
mkdir d; echo x > d/f; touch d/.h; ln -s f d/l; mkdir d/s
ls --nosuch; echo $?

### listing, 6
mkdir d; echo x > d/f; touch d/.h; ln -s f d/l; mkdir d/s
ls d nosuch; echo $?

### making and removing
mkdir d; mkdir d; echo $?
mkdir a/b; echo $?
mkdir -p a/b/c; mkdir -v x
rmdir a; echo $?
rm d; echo $?
rm nosuch; echo $?
rm -f nosuch; echo $?
rm -r a d x; ls
touch a b; rm -v a b
mkdir; rm; rmdir; touch; echo $?

### copying and moving
echo 1 > a; cp a b; cp a nosuch/x; echo $?
mkdir d; cp d e; echo $?
cp -r d e; cp a d; mv a d/b; ls d e
mv nosuch x; echo $?
cp a; echo $?
cp nosuch x; echo $?
cp -v b c; mv -v c f; ln -s b l; ln b h; ls -F; ln b h; echo $?
readlink l; readlink b; echo $?; realpath nosuch/x; echo $?

### permissions
touch f; chmod 640 f; stat -c '%a %A %U:%G %s %F %n' f
chmod u+x,g-r f; stat -c %a f
chmod x f; echo $?
chmod 999 f; echo $?
chown nosuch f; echo $?
chown nobody:nogroup f; stat -c %U:%G f
umask; umask 077; touch g; stat -c %a g; umask -S
stat nosuch; echo $?
setpriv --reuid 65534 --clear-groups cat g; echo $?

### cat, head, tail, wc, 1
seq 12 > f
cat nosuch; echo $?

### cat, head, tail, wc, 2
seq 12 > f
cat -n f | head -2; cat -A f | head -1; cat f nosuch f | wc -l

### cat, head, tail, wc, 3
seq 12 > f
head -2 f; head -n -10 f; tail -2 f; tail -n +11 f; head -c 3 f; tail -c 3 f

### cat, head, tail, wc, 4
seq 12 > f
head nosuch; echo $?

### cat, head, tail, wc, 5
seq 12 > f
head -n x f; echo $?

### cat, head, tail, wc, 6
seq 12 > f
wc f; wc -l f f; wc -c < f; wc nosuch; echo $?

### cat, head, tail, wc, 7
seq 12 > f
head -1 f f; tac f | head -1; nl f | head -1; rev f | tail -1

### sort, uniq, cut, tr, paste, join, 1
printf '%s\n' b a c a 10 9 > f
sort f; sort -r f | head -1; sort -u f | wc -l; sort -n f | tail -1; sort f | uniq -c; sort f | uniq -d

### sort, uniq, cut, tr, paste, join, 2
printf '%s\n' b a c a 10 9 > f
printf 'x 3\ny 1\nz 2\n' | sort -k 2 -n; printf 'a:b:c\n' | cut -d : -f 1,3; echo abcdef | cut -c 2-4; cut; echo $?

### sort, uniq, cut, tr, paste, join, 3
printf '%s\n' b a c a 10 9 > f
echo hello | tr a-y b-z; echo hello | tr -d l; echo hello | tr -s l; echo abc | tr '[:lower:]' '[:upper:]'

### sort, uniq, cut, tr, paste, join, 4
printf '%s\n' b a c a 10 9 > f
seq 4 | paste - -; seq 3 | paste -sd+; printf 'a 1\nb 2\n' > l; printf 'a x\nb y\n' > r; join l r; comm <(seq 3) <(seq 2 4)

### grep, 1
printf 'one\ntwo\nthree\nfour 4\n' > f
grep o f; grep -c o f; grep -n t f; grep -v o f; grep -i ONE f; grep -o 't.' f; grep -w two f; grep -x one f; grep -E 'one|two' f; grep -F 'e' f; grep '[0-9]' f

### grep, 2
printf 'one\ntwo\nthree\nfour 4\n' > f
grep nosuch f; echo $?

### grep, 3
printf 'one\ntwo\nthree\nfour 4\n' > f
grep x nosuch; echo $?

### grep, 4
printf 'one\ntwo\nthree\nfour 4\n' > f
grep; echo $?

### grep, 5
printf 'one\ntwo\nthree\nfour 4\n' > f
grep '[' f; echo $?

### grep, 6
printf 'one\ntwo\nthree\nfour 4\n' > f
grep -q one f; echo $?

### grep, 7
printf 'one\ntwo\nthree\nfour 4\n' > f
grep -l one f; grep -L one f; grep one f f; grep -h one f f; grep -A 1 one f; grep -B 1 two f; grep -m 1 o f; grep -s x nosuch; echo $?; grep -r one .

### sed and awk
seq 5 | sed -n 2p; seq 5 | sed 2,4d; echo hello | sed 's/l/L/'; echo hello | sed 's/l/L/g'; echo hello | sed -E 's/(h)(e)/\2\1/'; seq 3 | sed '$!d'; seq 3 | sed 's/2/two/;s/3/three/'; echo a/b | sed 's|/|-|'; seq 3 | sed '2i\
inserted'; seq 3 | sed '/2/a after'; echo abc | sed y/abc/xyz/
echo x | sed 's/x'; echo $?
echo x | sed nosuch; echo $?
seq 5 | awk '{s+=$1} END {print s}'; echo 'a b c' | awk '{print $3, NF}'; echo a:b | awk -F : '{print $2}'; seq 3 | awk 'NR==2'; awk 'BEGIN {printf "%05.2f %s\n", 3.14159, "x"}'; echo 'x y' | awk '{$1="z"; print}'; awk 'BEGIN {x["a"]=1; for (k in x) print k, x[k]; print length("abc"), substr("hello", 2, 3), index("abc", "c"), toupper("a")}'
echo | awk '{'; echo $?

### find and xargs, 1
mkdir -p d/s; touch d/a.txt d/b.log d/s/c.txt
find d | sort; find d -name '*.txt' | sort; find d -type d | sort; find d -maxdepth 1 -type f | sort; find d -empty -type d; find d -name a.txt -exec echo found {} \; ; find d -name '*.txt' -exec echo {} + | tr ' ' '\n' | sort | head -3

### find and xargs, 2
mkdir -p d/s; touch d/a.txt d/b.log d/s/c.txt
find nosuch; echo $?

### find and xargs, 3
mkdir -p d/s; touch d/a.txt d/b.log d/s/c.txt
find d -nosuch; echo $?

### find and xargs, 4
mkdir -p d/s; touch d/a.txt d/b.log d/s/c.txt
find d -name; echo $?

### find and xargs, 5
mkdir -p d/s; touch d/a.txt d/b.log d/s/c.txt
echo a b c | xargs -n 2 echo; printf 'a\nb\n' | xargs -I {} echo '<{}>'; printf 'a b\0c\0' | xargs -0 -n 1; echo | xargs echo x; echo x | xargs false; echo $?; echo x | xargs nosuch; echo $?; echo 1 2 | xargs -t -n 1 true

### numbers and dates, 1
seq 3; seq 2 4; seq 1 2 5; seq 3 -1 1; seq -w 8 10; seq -s , 3; seq x; echo $?; seq; echo $?

### numbers and dates, 2
expr 1 + 2; expr 7 / 2; expr 2 '*' 3; expr 1 / 0; echo $?; expr a : 'a*'; expr length abc; expr 1 +; echo $?

### numbers and dates, 3
date -u -d @0; date -u -d @86400 +%F; date -u -d '2024-02-29 12:34:56' '+%Y-%m-%d %H:%M:%S %a %b %j'; date +%s | grep -c '^[0-9]*$'; date -d nosuch; echo $?; date +; date x; echo $?

### numbers and dates, 4
printf '%s\n' 1 2; printf '%03d|%5s|%-5s|%x\n' 7 a b 255; factor 12; nproc --all > /dev/null; echo $?

### names, 1
uname; uname -s -m; uname -o; uname -x; echo $?

### names, 2
hostname; hostname -s; hostname -x; echo $?

### names, 3
whoami; id -un; id -u; id; id nosuch; echo $?; groups; logname; echo $?

### names, 4
basename /a/b.c; basename /a/b.c .c; dirname /a/b/c; dirname a; basename; echo $?

### names, 5
pwd; cd /; pwd; cd - > /dev/null; echo "$OLDPWD"; printenv HOME; printenv NOSUCH; echo $?; which ls; which nosuch; echo $?; tty; echo $?

### bytes
echo hello | od -c; echo hello | od -An -tx1; echo hello | xxd; echo hello | hexdump -C; echo hello | base64; echo aGVsbG8K | base64 -d; echo hello | md5sum; echo hello | sha256sum; echo hello | cksum; head -c 4 /dev/zero | od -x; strings /dev/null; cmp <(echo a) <(echo b); echo $?; diff <(echo a) <(echo b); echo $?; diff nosuch nosuch2; echo $?

### files that are written to while read
tee x y <<< text; cat x y; tee -a x <<< more; cat x; tee /nosuch/x <<< t; echo $?
split -l 2 <(seq 5) part; ls part*; cat partac; truncate -s 5 t; stat -c %s t; dd if=/dev/zero of=z bs=1 count=3 2> /dev/null; stat -c %s z; mktemp -d | grep -c /tmp/tmp; mktemp nosuch; echo $?; fold -w 3 <<< abcdefg; expand <<< $'a\tb'; yes | head -2; yes x | sed 2q; sync; echo $?

### archives and time stamps
mkdir d; echo 1 > d/a; echo 2 > d/b; tar cf t.tar d; tar tf t.tar; rm -r d; tar xf t.tar; ls d; tar tf nosuch.tar; echo $?; tar; echo $?; echo text > f; gzip f; ls; gunzip f.gz; cat f; touch -d '2024-01-02 03:04:05' f; stat -c %y f | cut -d . -f 1; ls -l --time-style=+%F f | cut -d ' ' -f 6

### disks and mounts
df / | head -1; df -h / | head -1; df nosuch; echo $?; mount | grep -c '^proc'; mount nosuch; echo $?; umount nosuch; echo $?; mkdir m; mount -t tmpfs none m; mount | grep -o '/root/lab/m type tmpfs'; touch m/f; umount m; ls m; du -s nosuch; echo $?; findmnt -n -o FSTYPE /proc

### jq, 1
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq .a f

### jq, 2
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq . f

### jq, 3
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq -c . f

### jq, 4
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq '.b[2].c' f

### jq, 5
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq -r '.b[2].c' f

### jq, 6
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq '.b | length' f

### jq, 7
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq 'keys' -c f

### jq, 8
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq .nosuch f

### jq, 9
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq '.b[]' -c f

### jq, 10
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq '.a.x' f; echo $?

### jq, 11
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq '.[' f; echo $?

### jq, 12
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
echo x | jq .; echo $?

### jq, 13
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq -e .nosuch f; echo $?

### jq, 14
echo '{"a":1,"b":[1,2,{"c":"x"}]}' > f
jq . nosuch; echo $?

### the network of the host
ip -o link show lo | cut -d ' ' -f 1-3; ip -br link show lo | awk '{print $1, $2}'; ip addr show lo | head -3; ip addr show nosuch; echo $?; ip nosuch; echo $?; ip link set nosuch up; echo $?; ip -4 addr show docker0 | sed -n 2p; ip route | grep docker0; ip route get 127.0.0.1 | head -1; ss -tln | head -1; ping -c 1 127.0.0.1 | sed 's/time=[0-9.]*/time=T/; s/= [0-9./]* ms/= T ms/; s/time [0-9]*ms/time Tms/'; curl -s 127.0.0.1:9; echo $?; curl; echo $?; nc -z 127.0.0.1 9; echo $?

### a bridge by hand
ip link add br9 type bridge; ip addr add 10.7.0.1/24 dev br9; ip link set br9 up; ip -br addr show br9 | awk '{print $1, $2, $3}'; ip addr add 10.7.0.1/24 dev br9; echo $?; ip route | grep br9; ip link add br9 type bridge; echo $?; ip link del br9; ip link del br9; echo $?; ip link add x9 type nosuch; echo $?

### a server and a client
echo answer | nc -l -p 5000 -q 0 & until ss -tln | grep -q 5000; do sleep 0.1; done
nc -d 127.0.0.1 5000; wait $!; echo $?
ss -tln | grep -c 5000; echo $?
nc -l -p 5001 > got & until ss -tln | grep -q 5001; do sleep 0.1; done
echo sent | nc -q 0 127.0.0.1 5001; wait; cat got
