// The programs of the simulated machine: which names exist where. A row here is all that a new program needs besides its file.
import type { Main } from '../kernel/system.ts'
import { cat } from './cat.ts'
import { curl, wget } from './http-client.ts'
import { httpd } from './httpd.ts'
import { ifconfig, route } from './ifconfig.ts'
import { ipMain } from './ip.ts'
import { lsMain } from './ls.ts'
import { nc } from './nc.ts'
import { netstat, ss } from './netstat.ts'
import { pause } from './pause.ts'
import { pingMain } from './ping.ts'
import { readlink, realpath } from './readlink.ts'
import { sleepMain } from './sleep.ts'

/** Programs of the host, by name; they lie in /usr/bin. */
export const hostPrograms: Readonly<Record<string, Main>> = {
  cat,
  curl,
  ip: ipMain('iproute2'),
  ls: lsMain('coreutils'),
  nc,
  ping: pingMain('iputils'),
  readlink,
  realpath,
  sleep: sleepMain('coreutils'),
  ss,
}

/** Applets of busybox, by name: each is a link to /bin/busybox in an image of Alpine. */
export const busyboxApplets: Readonly<Record<string, Main>> = {
  cat,
  httpd,
  ifconfig,
  ip: ipMain('busybox'),
  ls: lsMain('busybox'),
  nc,
  netstat,
  ping: pingMain('busybox'),
  readlink,
  realpath,
  route,
  sleep: sleepMain('busybox'),
  wget,
}

/** /pause of the pause image. */
export { pause }
