// The programs of the simulated machine: which names exist where. A row here is all that a new program needs besides its file.
import type { Main } from '../kernel/system.ts'
import { dockerMainOf } from '../docker-cli/main.ts'
import type { Persona } from '../persona.ts'
import { ashMain, bashMain, dashMain } from '../shell/bash.ts'
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
import { chmod, chown } from './chmod.ts'
import { cp } from './cp.ts'
import { cut } from './cut.ts'
import { env, printenv } from './env.ts'
import { ln, mkdir, mktemp, mv, rm, rmdir, touch } from './file-tools.ts'
import { head } from './head.ts'
import { date, hostname, id, uname } from './identity.ts'
import { killMain } from './kill.ts'
import { lsns } from './lsns.ts'
import { nsenter, unshare } from './namespaces.ts'
import { pgrep, pidof, pkill } from './pgrep.ts'
import { echo, printf, which } from './shell-builtins.ts'
import { basename, dirname, falseMain, pwd, seq, tee, trueMain, whoami, yes } from './small-tools.ts'
import { sort, uniq } from './sort.ts'
import { stat } from './stat.ts'
import { tail } from './tail.ts'
import { textTool } from './text-tools.ts'
import { nohup, timeoutMain } from './timeout.ts'
import { tr } from './tr.ts'
import { wcMain } from './wc.ts'
import { xargs } from './xargs.ts'

/** Tools whose options and output are the same, as far as they go, in the coreutils and in busybox. */
const common: readonly (readonly [string, Main])[] = [
  ['basename', basename],
  ['chmod', chmod],
  ['chown', chown],
  ['cp', cp],
  ['cut', cut],
  ['date', date],
  ['dirname', dirname],
  ['echo', echo],
  ['env', env],
  ['false', falseMain],
  ['head', head],
  ['hostname', hostname],
  ['id', id],
  ['ln', ln],
  ['mkdir', mkdir],
  ['mktemp', mktemp],
  ['mv', mv],
  ['nohup', nohup],
  ['nsenter', nsenter],
  ['pgrep', pgrep],
  ['pidof', pidof],
  ['pkill', pkill],
  ['printenv', printenv],
  ['printf', printf],
  ['pwd', pwd],
  ['rm', rm],
  ['rmdir', rmdir],
  ['seq', seq],
  ['sort', sort],
  ['stat', stat],
  ['tail', tail],
  ['tee', tee],
  ['touch', touch],
  ['tr', tr],
  ['true', trueMain],
  ['uname', uname],
  ['uniq', uniq],
  ['unshare', unshare],
  ['which', which],
  ['whoami', whoami],
  ['xargs', xargs],
  ['yes', yes],
]

/** Text tools of the library, by their names in both. */
const libraryTools: readonly string[] = [
  'awk',
  'base64',
  'comm',
  'diff',
  'du',
  'expand',
  'expr',
  'find',
  'fold',
  'md5sum',
  'nl',
  'od',
  'paste',
  'rev',
  'sed',
  'sha1sum',
  'sha256sum',
  'tac',
  'unexpand',
]

/** Text tools of the library that only the host has. */
const hostLibraryTools: readonly string[] = ['column', 'file', 'gawk', 'join', 'jq', 'strings', 'tree', 'yq']

/** Programs of the host: path below the root, and what runs there. */
export function hostPrograms(persona: Persona): ReadonlyMap<string, Main> {
  return new Map<string, Main>([
    ...[...terminalPrograms.keys()].map((name): [string, Main] => [`usr/bin/${name}`, needsTerminal(name)]),
    ...common.map(([name, main]): [string, Main] => [`usr/bin/${name}`, main]),
    ...[...libraryTools, ...hostLibraryTools].map((name): [string, Main] => [`usr/bin/${name}`, textTool(name)]),
    ['usr/bin/bash', bashMain],
    ['usr/bin/dash', dashMain],
    ['usr/bin/sh', dashMain],
    ['usr/bin/cat', cat],
    ['usr/bin/curl', curl],
    ['usr/bin/docker', dockerMainOf(persona.docker)],
    ['usr/sbin/ip', ipMain('iproute2')],
    ['usr/bin/grep', grepMain('gnu')],
    ['usr/bin/egrep', grepMain('gnu', 'extended')],
    ['usr/bin/fgrep', grepMain('gnu', 'fixed')],
    ['usr/bin/kill', killMain('procps')],
    ['usr/bin/ls', lsMain('coreutils')],
    ['usr/bin/lsns', lsns],
    ['usr/bin/nc', nc],
    ['usr/bin/ping', pingMain('iputils')],
    ['usr/bin/ps', ps],
    ['usr/bin/readlink', readlink],
    ['usr/bin/realpath', realpath],
    ['usr/bin/sleep', sleepMain('coreutils')],
    ['usr/bin/ss', ss],
    ['usr/bin/timeout', timeoutMain('coreutils')],
    ['usr/bin/wc', wcMain('coreutils')],
  ])
}

/** Applets of busybox, by name: each is a link to /bin/busybox in an image of Alpine. */
export function busyboxPrograms(persona: Persona): ReadonlyMap<string, Main> {
  return new Map<string, Main>([
    ...common,
    ...libraryTools.map((name): [string, Main] => [name, textTool(name)]),
    ['sh', ashMain],
    ['ash', ashMain],
    ['cat', cat],
    ['grep', grepMain('busybox')],
    ['egrep', grepMain('busybox', 'extended')],
    ['fgrep', grepMain('busybox', 'fixed')],
    ['httpd', httpd],
    ['ifconfig', ifconfig],
    ['ip', ipMain('busybox')],
    ['kill', killMain('busybox')],
    ['ls', lsMain('busybox')],
    ['nc', nc],
    ['netstat', netstat],
    ['ping', pingMain('busybox')],
    ['ps', busyboxPs(persona.busybox)],
    ['readlink', readlink],
    ['realpath', realpath],
    ['route', route],
    ['sleep', sleepMain('busybox')],
    ['timeout', timeoutMain('busybox')],
    ['wc', wcMain('busybox')],
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
