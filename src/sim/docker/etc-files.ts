// The three files of /etc that the engine writes for each container: hosts, hostname, resolv.conf.
import { type Container, donorOf } from './container.ts'
import type { Daemon } from './daemon.ts'
import { emptyFile, makeDirectories } from './host-tree.ts'
import type { EtcFiles } from './root-file-system.ts'
import { predefined } from './network.ts'
import { SystemCallError } from '../kernel/system.ts'
import { resolvePath } from '../kernel/vfs.ts'

/** Where they are: its own directory, or its donor's when it joins another's network. */
export function etcFilesOf(daemon: Daemon, container: Container): EtcFiles {
  const donor = donorOf(container.hostConfig.NetworkMode)
  const owner = (donor === undefined ? undefined : daemon.find(donor)) ?? container
  const directory = `/var/lib/docker/containers/${owner.id}`
  return { hosts: `${directory}/hosts`, hostname: `${directory}/hostname`, resolvConf: `${directory}/resolv.conf` }
}

/** Writes them anew for a start. A joiner has none of its own. */
export function writeEtcFiles(daemon: Daemon, container: Container): void {
  if (donorOf(container.hostConfig.NetworkMode) !== undefined) return
  const files = etcFilesOf(daemon, container)
  const { Hostname, Domainname } = container.config
  const full = Domainname === '' ? Hostname : `${Hostname}.${Domainname}`
  writeHostFile(daemon, files.hostname, `${full}\n`)
  writeHostFile(daemon, files.hosts, hostsText(daemon, container, full))
  writeHostFile(daemon, files.resolvConf, resolvText(daemon, container))
}

function hostsText(daemon: Daemon, container: Container, full: string): string {
  const { Hostname } = container.config
  if (container.hostConfig.NetworkMode === 'host') return readHostFile(daemon, '/etc/hosts')
  const names = full === Hostname ? Hostname : `${full} ${Hostname}`
  const extra = (container.hostConfig.ExtraHosts ?? []).map((each) => {
    const [name = '', address = ''] = each.split(/[:=](.*)/s)
    return `${address === 'host-gateway' ? '172.17.0.1' : address}\t${name}`
  })
  const own = [...container.endpoints.values()].flatMap(({ address }) => (address === '' ? [] : `${address}\t${names}`))
  return `${[...daemon.parameters.hostsLines, ...extra, ...own].join('\n')}\n`
}

function resolvText(daemon: Daemon, container: Container): string {
  const { Dns, DnsSearch, DnsOptions, NetworkMode } = container.hostConfig
  const userDefined = ![...predefined, 'default'].includes(NetworkMode)
  if (!userDefined && Dns.length === 0 && DnsSearch.length === 0) return readHostFile(daemon, '/etc/resolv.conf')
  const lines = userDefined ? ['nameserver 127.0.0.11'] : Dns.map((address) => `nameserver ${address}`)
  if (DnsSearch.length > 0) lines.push(`search ${DnsSearch.join(' ')}`)
  const options = [...DnsOptions, ...(userDefined ? ['ndots:0'] : [])]
  if (options.length > 0) lines.push(`options ${options.join(' ')}`)
  return `${lines.join('\n')}\n`
}

function readHostFile(daemon: Daemon, path: string): string {
  const host = daemon.kernel.initialPidNamespace.init
  try {
    const inode = host === undefined ? undefined : resolvePath(host, path).inode
    return inode?.type === 'regular' ? new TextDecoder().decode(inode.content) : ''
  } catch (error) {
    if (error instanceof SystemCallError) return ''
    throw error
  }
}

/** Writes a file of the host, as the daemon's own work. */
export function writeHostFile(daemon: Daemon, path: string, text: string): void {
  const host = daemon.kernel.initialPidNamespace.init
  if (host === undefined) return
  const time = daemon.now()
  const slash = path.lastIndexOf('/')
  const directory = makeDirectories(host.root.inode, path.slice(0, slash), time)
  if (directory.changes === undefined) return
  const name = path.slice(slash + 1)
  const known = directory.lookup(host, name)
  const content = new TextEncoder().encode(text)
  // The file itself stays: who has it mounted sees what is new.
  if (known?.type === 'regular') Object.assign(known, { content, mtime: time })
  else
    directory.changes.insert(name, { ...emptyFile(directory, directory.changes.nextIno(), time), mode: 0o644, content })
}
