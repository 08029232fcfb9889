// The programs of the simulated machine: which names exist where. A row here is all that a new program needs besides its file.
import { gcc } from '../cc/gcc.ts'
import type { Main } from '../kernel/system.ts'
import { dockerMainOf } from '../docker-cli/main.ts'
import type { Persona } from '../persona.ts'
import { ashMain, bashMain, dashMain } from '../shell/bash.ts'
import { refusal, terminalPrograms } from '../shell/hints.ts'
import { busyboxPs } from './busybox-ps.ts'
import { catMain } from './cat.ts'
import { grepMain } from './grep.ts'
import { curl } from './curl.ts'
import { httpd } from './httpd.ts'
import { arp, ifconfig, route } from './ifconfig.ts'
import { ipMain } from './ip.ts'
import { lsMain } from './ls.ts'
import { ncMain } from './nc.ts'
import { wgetMain } from './wget.ts'
import { dfMain } from './df.ts'
import { freeMain } from './free.ts'
import { lsof } from './lsof.ts'
import { mountMain, mountpointMain, umountMain } from './mount.ts'
import { getent, host, nslookupMain } from './name-service.ts'
import { netstatMain } from './netstat.ts'
import { pstree } from './pstree.ts'
import { ssMain } from './ss.ts'
import { strace } from './strace.ts'
import { sysctlMain } from './sysctl.ts'
import { topMain } from './top.ts'
import { uptimeMain, whoMain, wMain } from './uptime.ts'
import { pause } from './pause.ts'
import { pingMain } from './ping.ts'
import { psMain } from './ps.ts'
import { readlink, realpath } from './readlink.ts'
import { sleepMain } from './sleep.ts'
import { writeError } from './stdio.ts'
import { tini } from './tini.ts'
import { basenameMain, dirnameMain, pwdMain, whichMain } from './basename.ts'
import { chrootMain } from './chroot.ts'
import { cpMain, lnMain, mvMain } from './cp.ts'
import { cmpMain } from './cmp.ts'
import { cutMain } from './cut.ts'
import { dateMain } from './date.ts'
import { diffMain } from './diff.ts'
import { echo, falseMain, printenv, trueMain, yesMain } from './echo.ts'
import { envMain } from './env.ts'
import { headMain } from './head.ts'
import { groupsMain, idMain, whoamiMain } from './id.ts'
import { killMain } from './kill.ts'
import { killallMain } from './killall.ts'
import { lsns } from './lsns.ts'
import { mkfifoMain, mknodMain } from './mknod.ts'
import { mkdirMain, mktempMain, rmdirMain } from './mkdir.ts'
import { nsenterMain, unshareMain } from './namespaces.ts'
import { pgrepMain, pidofMain, pkillMain } from './pgrep.ts'
import { printfMain } from './printf.ts'
import { rmMain, unlinkMain } from './rm.ts'
import { seqMain } from './seq.ts'
import { sortMain } from './sort.ts'
import { statMain } from './stat.ts'
import { tailMain } from './tail.ts'
import { tarMain } from './tar.ts'
import { teeMain } from './tee.ts'
import { testProgram } from './test.ts'
import { textTool } from './text-tools.ts'
import { niceMain, nohupMain, setsidMain, timeoutMain } from './timeout.ts'
import { chgrpMain, chmodMain, chownMain, touchMain } from './touch.ts'
import { truncateMain } from './truncate.ts'
import { lognameMain, syncMain, ttyMain } from './tty.ts'
import { trMain } from './tr.ts'
import { archMain, hostnameMain, nprocMain, unameMain } from './uname.ts'
import { uniqMain } from './uniq.ts'
import { appletOf, type Family } from './utility.ts'
import { wcMain } from './wc.ts'
import { xargsMain } from './xargs.ts'

/** Programs that exist on the host and in busybox alike, each with the options and words of its family. */
const common: readonly (readonly [string, (family: Family) => Main])[] = [
  ['[', () => testProgram],
  ['arch', () => archMain],
  ['basename', basenameMain],
  ['chgrp', chgrpMain],
  ['chmod', chmodMain],
  ['chown', chownMain],
  ['chroot', chrootMain],
  ['cmp', cmpMain],
  ['cp', cpMain],
  ['cut', cutMain],
  ['date', dateMain],
  ['diff', diffMain],
  ['df', dfMain],
  ['dirname', dirnameMain],
  ['echo', () => echo],
  ['env', envMain],
  ['false', () => falseMain],
  ['free', freeMain],
  ['groups', groupsMain],
  ['head', headMain],
  ['hostname', hostnameMain],
  ['id', idMain],
  ['kill', killMain],
  ['killall', killallMain],
  ['ln', lnMain],
  ['logname', lognameMain],
  ['mkdir', mkdirMain],
  ['mkfifo', mkfifoMain],
  ['mknod', mknodMain],
  ['mktemp', mktempMain],
  ['mount', mountMain],
  ['mountpoint', mountpointMain],
  ['mv', mvMain],
  ['netstat', netstatMain],
  ['nice', niceMain],
  ['nohup', nohupMain],
  ['nproc', nprocMain],
  ['nsenter', nsenterMain],
  ['nslookup', nslookupMain],
  ['pgrep', pgrepMain],
  ['pidof', pidofMain],
  ['pkill', pkillMain],
  ['printenv', () => printenv],
  ['printf', printfMain],
  ['pwd', pwdMain],
  ['rm', rmMain],
  ['rmdir', rmdirMain],
  ['seq', seqMain],
  ['setsid', setsidMain],
  ['sort', sortMain],
  ['stat', statMain],
  ['sysctl', sysctlMain],
  ['tar', tarMain],
  ['tail', tailMain],
  ['sync', syncMain],
  ['tee', teeMain],
  ['test', () => testProgram],
  ['timeout', timeoutMain],
  ['top', topMain],
  ['touch', touchMain],
  ['tr', trMain],
  ['true', () => trueMain],
  ['truncate', truncateMain],
  ['tty', ttyMain],
  ['umount', umountMain],
  ['uname', unameMain],
  ['uniq', uniqMain],
  ['unlink', unlinkMain],
  ['unshare', unshareMain],
  ['uptime', uptimeMain],
  ['w', wMain],
  ['wc', wcMain],
  ['which', whichMain],
  ['who', whoMain],
  ['whoami', whoamiMain],
  ['xargs', xargsMain],
  ['yes', yesMain],
]

/** Text tools of the library, by their names in both. */
const libraryTools: readonly string[] = [
  'awk',
  'base64',
  'comm',
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
    ...common.map(([name, mainOf]): [string, Main] => [`usr/bin/${name}`, mainOf('gnu')]),
    ...[...libraryTools, ...hostLibraryTools].map((name): [string, Main] => [`usr/bin/${name}`, textTool(name)]),
    ['usr/bin/bash', bashMain],
    ['usr/bin/dash', dashMain],
    ['usr/bin/sh', dashMain],
    ['usr/bin/cat', catMain('gnu')],
    ['usr/bin/cc', gcc],
    ['usr/bin/curl', curl],
    ['usr/bin/docker', dockerMainOf(persona.docker)],
    ['usr/bin/gcc', gcc],
    ['usr/sbin/ip', ipMain('iproute2')],
    ['usr/bin/grep', grepMain('gnu')],
    ['usr/bin/egrep', grepMain('gnu', 'extended')],
    ['usr/bin/fgrep', grepMain('gnu', 'fixed')],
    ['usr/bin/ls', lsMain('coreutils')],
    ['usr/bin/lsns', lsns],
    ['usr/bin/nc', ncMain('gnu')],
    ['usr/bin/wget', wgetMain('gnu')],
    ['usr/bin/ping', pingMain('iputils')],
    ['usr/bin/ps', psMain(persona.hostTools.procps)],
    ['usr/bin/readlink', readlink],
    ['usr/bin/realpath', realpath],
    ['usr/bin/sleep', sleepMain('coreutils')],
    ['usr/bin/ss', ssMain(persona.hostTools.iproute2.startsWith('6.1.'), persona.hostTools.iproute2)],
    ['usr/bin/getent', getent],
    ['usr/bin/host', host],
    ['usr/bin/lsof', lsof],
    ['usr/bin/pstree', pstree],
    ['usr/bin/strace', strace],
  ])
}

/** Applets of busybox, by name: each is a link to /bin/busybox in an image of Alpine. */
export function busyboxPrograms(persona: Persona): ReadonlyMap<string, Main> {
  const applets: readonly (readonly [string, Main])[] = [
    ...common.map(([name, mainOf]): [string, Main] => [name, appletOf(persona.busybox, mainOf('busybox'))]),
    ...libraryTools.map((name): [string, Main] => [name, textTool(name)]),
    ['sh', ashMain],
    ['ash', ashMain],
    ['cat', appletOf(persona.busybox, catMain('busybox'))],
    ['grep', appletOf(persona.busybox, grepMain('busybox'))],
    ['egrep', grepMain('busybox', 'extended')],
    ['fgrep', grepMain('busybox', 'fixed')],
    ['httpd', appletOf(persona.busybox, httpd)],
    ['arp', arp],
    ['ifconfig', ifconfig],
    ['ip', appletOf(persona.busybox, ipMain('busybox'))],
    ['ls', appletOf(persona.busybox, lsMain('busybox'))],
    ['nc', appletOf(persona.busybox, ncMain('busybox'))],
    ['ping', appletOf(persona.busybox, pingMain('busybox'))],
    ['ps', busyboxPs(persona.busybox)],
    ['readlink', readlink],
    ['realpath', realpath],
    ['route', route],
    ['sleep', appletOf(persona.busybox, sleepMain('busybox'))],
    ['wget', appletOf(persona.busybox, wgetMain('busybox'))],
  ]
  return new Map(applets.filter(([name]) => persona.busybox === 'alpine' || !notInDebian.has(name)))
}

/** Applets that Debian's static build of busybox leaves out. */
const notInDebian: ReadonlySet<string> = new Set(['comm', 'mountpoint', 'nice', 'nohup', 'pgrep', 'pkill', 'printenv'])

/** A program that refuses to start, since there is no terminal. */
function needsTerminal(name: string): Main {
  return function* refuse(system) {
    yield* writeError(system, `${refusal(name)}\n`)
    return 1
  }
}

export { pause, tini }
