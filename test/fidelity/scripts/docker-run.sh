# docker run: what it prints and what its exit code says.

### a command's output and exit code
docker run --rm alpine echo hello
docker run --rm alpine sh -c 'echo out; echo err >&2; exit 3'; echo $?

### a program that is not there
docker run --rm alpine nosuch; echo $?

