// The programs of the simulated machine: which names exist where. A row here is all that a new program needs besides its file.
import type { Main } from '../kernel/system.ts'
import { dockerMainOf } from '../docker-cli/main.ts'
import type { Persona } from '../persona.ts'
import { ashMain, bashMain } from '../shell/bash.ts'
import { refusal, terminalPrograms } from '../shell/hints.ts'
import { busyboxPs } from './busybox-ps.ts'
import { cat } from './cat.ts'
import { grepMain } from './grep.ts'
import { curl, wget } from './http-client.ts'
import { httpd } from './httpd.ts'
import { ifconfig, route } from './ifconfig.ts'
import { ipMain } from './ip.ts'
import { lsMain } from './ls.ts'
import { nc } from './nc.ts'
import { netstat, ss } from './netstat.ts'
import { pause } from './pause.ts'
import { pingMain } from './ping.ts'
import { ps } from './ps.ts'
import { readlink, realpath } from './readlink.ts'
import { sleepMain } from './sleep.ts'
import { writeError } from './stdio.ts'
import { tini } from './tini.ts'

/** Programs of the host: path below the root, and what runs there. */
export function hostPrograms(persona: Persona): ReadonlyMap<string, Main> {
  return new Map<string, Main>([
    ...[...terminalPrograms.keys()].map((name): [string, Main] => [`usr/bin/${name}`, needsTerminal(name)]),
    ['usr/bin/bash', bashMain],
    ['usr/bin/sh', bashMain],
    ['usr/bin/cat', cat],
    ['usr/bin/curl', curl],
    ['usr/bin/docker', dockerMainOf(persona.docker)],
    ['usr/sbin/ip', ipMain('iproute2')],
    ['usr/bin/grep', grepMain('gnu')],
    ['usr/bin/egrep', grepMain('gnu', 'extended')],
    ['usr/bin/fgrep', grepMain('gnu', 'fixed')],
    ['usr/bin/ls', lsMain('coreutils')],
    ['usr/bin/nc', nc],
    ['usr/bin/ping', pingMain('iputils')],
    ['usr/bin/ps', ps],
    ['usr/bin/readlink', readlink],
    ['usr/bin/realpath', realpath],
    ['usr/bin/sleep', sleepMain('coreutils')],
    ['usr/bin/ss', ss],
  ])
}

/** Applets of busybox, by name: each is a link to /bin/busybox in an image of Alpine. */
export function busyboxPrograms(persona: Persona): ReadonlyMap<string, Main> {
  return new Map<string, Main>([
    ['sh', ashMain],
    ['ash', ashMain],
    ['cat', cat],
    ['grep', grepMain('busybox')],
    ['egrep', grepMain('busybox', 'extended')],
    ['fgrep', grepMain('busybox', 'fixed')],
    ['httpd', httpd],
    ['ifconfig', ifconfig],
    ['ip', ipMain('busybox')],
    ['ls', lsMain('busybox')],
    ['nc', nc],
    ['netstat', netstat],
    ['ping', pingMain('busybox')],
    ['ps', busyboxPs(persona.busybox)],
    ['readlink', readlink],
    ['realpath', realpath],
    ['route', route],
    ['sleep', sleepMain('busybox')],
    ['wget', wget],
  ])
}

/** A program that refuses to start, since there is no terminal. */
function needsTerminal(name: string): Main {
  return function* refuse(system) {
    yield* writeError(system, `${refusal(name)}\n`)
    return 1
  }
}

export { pause, tini }
