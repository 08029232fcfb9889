// The endpoints of the API about the engine itself: version, info, disk usage.
import type { InfoResponse, SystemDfResponse, VersionResponse } from './api-types.ts'
import { statusOf } from './container.ts'
import type { Daemon } from './daemon.ts'
import { imageList } from './image-api.ts'
import { containerList } from './list.ts'
import { inspectVolume } from './volumes.ts'

/** GET /version. */
export function version(daemon: Daemon): VersionResponse {
  const { parameters, kernel } = daemon
  const { components } = parameters
  const engine = {
    ApiVersion: parameters.apiVersion,
    Arch: 'amd64',
    BuildTime: parameters.buildTime,
    Experimental: 'false',
    GitCommit: parameters.gitCommit,
    GoVersion: parameters.goVersion,
    KernelVersion: kernel.parameters.release,
    MinAPIVersion: parameters.minApiVersion,
    Os: 'linux',
  }
  const component = (Name: string, each: { version: string; commit: string }) => ({
    Name,
    Version: each.version,
    Details: { GitCommit: each.commit },
  })
  return {
    Platform: { Name: parameters.platformName },
    Components: [
      { Name: 'Engine', Version: parameters.version, Details: engine },
      component('containerd', components.containerd),
      component('runc', components.runc),
      component('docker-init', components.init),
    ],
    Version: parameters.version,
    ApiVersion: parameters.apiVersion,
    MinAPIVersion: parameters.minApiVersion,
    GitCommit: parameters.gitCommit,
    GoVersion: parameters.goVersion,
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: kernel.parameters.release,
    BuildTime: parameters.buildTime,
  }
}

/** Those that the engines have; only json-file, local and none are simulated. */
const logDrivers = {
  '20.10': [
    'awslogs',
    'fluentd',
    'gcplogs',
    'gelf',
    'journald',
    'json-file',
    'local',
    'logentries',
    'splunk',
    'syslog',
  ],
  '26.1': ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
  '28.5': ['awslogs', 'fluentd', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
} as const

/** GET /info. */
export function info(daemon: Daemon): InfoResponse {
  const { parameters, kernel } = daemon
  const statuses = [...daemon.containers.values()].map(statusOf)
  const count = (status: string) => statuses.filter((each) => each === status).length
  const v2 = kernel.parameters.cgroupVersion === 2
  return {
    ID: `${daemon.id.slice(0, 8)}-${daemon.id.slice(8, 12)}-${daemon.id.slice(12, 16)}-${daemon.id.slice(16, 20)}-${daemon.id.slice(20)}`,
    Containers: statuses.length,
    ContainersRunning: count('running'),
    ContainersPaused: count('paused'),
    ContainersStopped: statuses.length - count('running') - count('paused'),
    Images: daemon.images.list().length,
    Driver: 'overlay2',
    DriverStatus: [
      ['Backing Filesystem', 'extfs'],
      ['Supports d_type', 'true'],
      ['Using metacopy', 'false'],
      ['Native Overlay Diff', 'true'],
      ['userxattr', 'false'],
    ],
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
      Authorization: null,
      Log: logDrivers[daemon.words],
    },
    LoggingDriver: 'json-file',
    CgroupDriver: v2 ? 'systemd' : 'cgroupfs',
    CgroupVersion: v2 ? '2' : '1',
    KernelVersion: kernel.parameters.release,
    OperatingSystem: 'Debian GNU/Linux 13 (trixie)',
    OSType: 'linux',
    Architecture: kernel.parameters.machine,
    NCPU: kernel.parameters.processors,
    MemTotal: kernel.parameters.totalMemory,
    DockerRootDir: '/var/lib/docker',
    Name: kernel.initialNamespaces.uts.hostname,
    ExperimentalBuild: false,
    ServerVersion: parameters.version,
    DefaultRuntime: 'runc',
    Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
    Swarm: { LocalNodeState: 'inactive' },
    InitBinary: 'docker-init',
    ContainerdCommit: { ID: parameters.components.containerd.commit },
    RuncCommit: { ID: parameters.components.runc.commit },
    InitCommit: { ID: parameters.components.init.commit },
    SecurityOptions: [
      `name=seccomp,profile=${daemon.words === '20.10' ? 'default' : 'builtin'}`,
      ...(v2 ? ['name=cgroupns'] : []),
    ],
    LiveRestoreEnabled: false,
    Warnings: null,
  }
}

/** GET /system/df. */
export function systemDf(daemon: Daemon): SystemDfResponse {
  const images = imageList(daemon)
  return {
    Images: images,
    Containers: containerList(daemon, { all: true, size: true }),
    Volumes: daemon.volumes.list().map(inspectVolume),
    LayersSize: images.reduce((sum, image) => sum + image.Size, 0),
  }
}
