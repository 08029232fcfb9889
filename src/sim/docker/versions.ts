// What differs between engine versions, one row each: recorded from real engines (20.10.24, 26.1.5, 28.5.2).

/** The engines that the simulation can pose as. */
export type EngineVersion = '20.10' | '26.1' | '28.5' | 'today'

export interface DockerParameters {
  readonly version: string
  readonly apiVersion: string
  readonly minApiVersion: string
  readonly gitCommit: string
  readonly buildTime: string
  readonly goVersion: string
  readonly components: {
    readonly containerd: { readonly version: string; readonly commit: string }
    readonly runc: { readonly version: string; readonly commit: string }
    readonly init: { readonly version: string; readonly commit: string }
  }
  /** HostConfig.NetworkMode of a container for which none was asked: moby PR 47431 made it `bridge` in 26.1. */
  readonly defaultNetworkMode: 'default' | 'bridge'
  /** A container's MAC address: 02:42 and its IPv4 address, or random. */
  readonly macAddresses: 'from-address' | 'random'
  /** A container's end of the veth pair: next number of the host's, or the lowest in its own namespace. */
  readonly interfaceNumbers: 'of-host' | 'of-namespace'
  /** Whether `lo` in a container has ::1. */
  readonly loopbackIpv6: boolean
  /** Lines of /etc/hosts before the container's own. */
  readonly hostsLines: readonly string[]
  /** `host` on a machine with cgroup v1, `private` with v2. */
  readonly cgroupnsMode: 'host' | 'private'
  /** Which keys `inspect` shows, and in which order. */
  readonly inspectLayout: '20.10' | '26.1' | '28.5' | '29'
  /** Whose words the errors have. */
  readonly errorTexts: '20.10' | '26.1' | '28.5'
  /** What the platform's name is in `docker version`; empty in a distribution's own package. */
  readonly platformName: string
}

const hostsBeforeLocalnet = ['127.0.0.1\tlocalhost', '::1\tlocalhost ip6-localhost ip6-loopback']
const hostsAfterMulticast = ['ff02::1\tip6-allnodes', 'ff02::2\tip6-allrouters']
const hostsOld = [...hostsBeforeLocalnet, 'fe00::0\tip6-localnet', 'ff00::0\tip6-mcastprefix', ...hostsAfterMulticast]
const hostsNew = [...hostsBeforeLocalnet, 'fe00::\tip6-localnet', 'ff00::\tip6-mcastprefix', ...hostsAfterMulticast]

const version28: DockerParameters = {
  version: '28.5.2+dfsg4',
  apiVersion: '1.51',
  minApiVersion: '1.24',
  gitCommit: '89c5e8fd66634b6128fc4c0e6f1236e2540e46e0',
  buildTime: '2026-05-14T11:27:54.000000000+00:00',
  goVersion: 'go1.25.5',
  components: {
    containerd: { version: '2.1.4~ds1', commit: '2.1.4~ds1-8' },
    runc: { version: '1.3.3+ds1', commit: '1.3.3+ds1-2' },
    init: { version: '0.19.0', commit: '' },
  },
  defaultNetworkMode: 'bridge',
  macAddresses: 'random',
  interfaceNumbers: 'of-namespace',
  loopbackIpv6: true,
  hostsLines: hostsNew,
  cgroupnsMode: 'private',
  inspectLayout: '28.5',
  errorTexts: '28.5',
  platformName: '',
}

export const versions: Readonly<Record<EngineVersion, DockerParameters>> = {
  '20.10': {
    version: '20.10.24+dfsg1',
    apiVersion: '1.41',
    minApiVersion: '1.12',
    gitCommit: '5d6db84',
    buildTime: '2024-05-18T15:17:07.000000000+00:00',
    goVersion: 'go1.19.8',
    components: {
      containerd: { version: '1.6.20~ds1', commit: '1.6.20~ds1-1+deb12u1' },
      runc: { version: '1.1.5+ds1', commit: '1.1.5+ds1-1+deb12u1' },
      init: { version: '0.19.0', commit: '' },
    },
    defaultNetworkMode: 'default',
    macAddresses: 'from-address',
    interfaceNumbers: 'of-host',
    loopbackIpv6: false,
    hostsLines: hostsOld,
    cgroupnsMode: 'host',
    inspectLayout: '20.10',
    errorTexts: '20.10',
    platformName: '',
  },
  '26.1': {
    ...version28,
    version: '26.1.5+dfsg1',
    apiVersion: '1.45',
    minApiVersion: '1.24',
    gitCommit: '411e817',
    buildTime: '2024-08-01T22:39:56.000000000+00:00',
    goVersion: 'go1.24.4',
    components: {
      containerd: { version: '1.7.24~ds1', commit: '1.7.24~ds1-6+b4' },
      runc: { version: '1.1.15+ds1', commit: '1.1.15+ds1-2+b4' },
      init: { version: '0.19.0', commit: '' },
    },
    macAddresses: 'from-address',
    interfaceNumbers: 'of-host',
    hostsLines: hostsOld,
    cgroupnsMode: 'host',
    inspectLayout: '26.1',
    errorTexts: '26.1',
  },
  '28.5': { ...version28, cgroupnsMode: 'host' },
  // Docker 29, API 1.52: the addresses at the top of NetworkSettings are gone. The rest as far as 28.5 shows it.
  today: {
    ...version28,
    version: '29.1.3',
    apiVersion: '1.52',
    minApiVersion: '1.44',
    gitCommit: 'fbf3ed2',
    inspectLayout: '29',
    platformName: 'Docker Engine - Community',
  },
}
