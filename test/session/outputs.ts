// Outputs as a real engine prints them, for tests of comparing; and generators of their variations.
import * as fc from 'fast-check'

export const twoInodes = `lrwxrwxrwx 1 root root 0 Nov 23 14:50 net -> net:[4026532636]
lrwxrwxrwx 1 root root 0 Nov 23 14:50 net -> net:[4026532636]
`

export const dockerPs = `CONTAINER ID   IMAGE           COMMAND        CREATED                  STATUS                  PORTS     NAMES
e72ecc03cafa   alpine:latest   "sleep 1000"   Less than a second ago   Up Less than a second             alp2
a53ea8be109d   alpine:latest   "sleep 1000"   Less than a second ago   Up Less than a second             alp1
`

export const dockerPsLater = `CONTAINER ID   IMAGE           COMMAND        CREATED         STATUS         PORTS     NAMES
0123456789ab   alpine:latest   "sleep 1000"   3 minutes ago   Up 3 minutes             alp2
fedcba987654   alpine:latest   "sleep 1000"   4 minutes ago   Up 4 minutes             alp1
`

export const networkMode = `            "NetworkMode": "bridge",
            "NetworkMode": "container:a53ea8be109d28147ea43c95864bf759cefc9424919bc4c475b54cb74874eb1a",
`

export const ipAddress = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
3: eth0@if4: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue
    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff
    inet 172.17.0.2/16 brd 172.17.255.255 scope global eth0
       valid_lft forever preferred_lft forever
`

export const processes = `    PID    PPID STAT COMMAND
      1       0 Ss   sleep
    123       1 Z    sleep <defunct>
   4711       0 R    ps -o pid,ppid,stat,args
`

export const lsns = `        NS TYPE   NPROCS   PID USER COMMAND
4026531834 time       81     1 root /sbin/init
4026532636 net         2  2011 root sleep 1000
`

export const outputs = [twoInodes, dockerPs, dockerPsLater, networkMode, ipAddress, processes, lsns] as const

const hexDigits = '0123456789abcdef'
const hex = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...hexDigits), { minLength: length, maxLength: length }).map((digits) => digits.join(''))

/** A renaming of all ids and inodes of an output: the same stays the same, and what differs differs. */
export const renamings: fc.Arbitrary<(text: string) => string> = fc
  .record({
    ids: fc.uniqueArray(hex(64), { minLength: 8, maxLength: 8, selector: (id) => id.slice(0, 12) }),
    inodes: fc.uniqueArray(fc.integer({ min: 4_026_531_900, max: 4_026_599_999 }), { minLength: 8, maxLength: 8 }),
  })
  .map(({ ids, inodes }) => {
    const names = new Map<string, string>()
    const rename = (key: string, pool: readonly (string | number)[]): string => {
      const name = names.get(key) ?? String(pool[names.size % pool.length])
      names.set(key, name)
      return name
    }
    return (text) =>
      text
        .replace(/\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b/g, (id) => rename(id.slice(0, 12), ids).slice(0, id.length))
        .replace(/\b40265\d{5}\b/g, (inode) => rename(inode, inodes))
  })
