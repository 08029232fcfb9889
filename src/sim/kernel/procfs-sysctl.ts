// /proc/sys, proc_sys(5): a table of settings, each kept for the machine or for the network namespace that reads it.
import { hasCapability } from './credentials.ts'
import type { Kernel } from './kernel.ts'
import type { NetworkNamespace } from './net.ts'
import type { ProcFile, Reading } from './procfs-tree.ts'
import { SystemCallError } from './system.ts'

/** What a setting belongs to. */
type Scope = 'machine' | 'net'

/** Rows: path below /proc/sys, value at boot without its line feed, and what may be written: numbers, words, or nothing. */
type Row = readonly [name: string, value: string, writable: 'numbers' | 'words' | 'never', scope?: Scope]

const rows: readonly Row[] = [
  ['fs/aio-max-nr', '65536', 'numbers'],
  ['fs/file-max', '9223372036854775807', 'numbers'],
  ['fs/inotify/max_queued_events', '16384', 'numbers'],
  ['fs/inotify/max_user_instances', '128', 'numbers'],
  ['fs/inotify/max_user_watches', '61832', 'numbers'],
  ['fs/nr_open', '1048576', 'numbers'],
  ['fs/pipe-max-size', '1048576', 'numbers'],
  ['fs/protected_hardlinks', '1', 'numbers'],
  ['fs/protected_symlinks', '1', 'numbers'],
  ['fs/suid_dumpable', '0', 'numbers'],
  ['kernel/cap_last_cap', '40', 'never'],
  ['kernel/core_pattern', 'core', 'words'],
  ['kernel/core_uses_pid', '0', 'numbers'],
  ['kernel/ctrl-alt-del', '0', 'numbers'],
  ['kernel/dmesg_restrict', '0', 'numbers'],
  ['kernel/hung_task_timeout_secs', '120', 'numbers'],
  ['kernel/keys/maxkeys', '200', 'numbers'],
  ['kernel/kptr_restrict', '0', 'numbers'],
  ['kernel/msgmax', '8192', 'numbers'],
  ['kernel/msgmnb', '16384', 'numbers'],
  ['kernel/msgmni', '32000', 'numbers'],
  ['kernel/ngroups_max', '65536', 'never'],
  ['kernel/overflowgid', '65534', 'numbers'],
  ['kernel/overflowuid', '65534', 'numbers'],
  ['kernel/panic', '0', 'numbers'],
  ['kernel/panic_on_oops', '0', 'numbers'],
  ['kernel/perf_event_paranoid', '2', 'numbers'],
  ['kernel/printk', '4\t4\t1\t7', 'numbers'],
  ['kernel/pty/max', '4096', 'numbers'],
  ['kernel/pty/nr', '0', 'never'],
  ['kernel/random/entropy_avail', '256', 'never'],
  ['kernel/random/poolsize', '256', 'never'],
  ['kernel/randomize_va_space', '2', 'numbers'],
  ['kernel/sched_autogroup_enabled', '1', 'numbers'],
  ['kernel/sched_rt_period_us', '1000000', 'numbers'],
  ['kernel/sched_rt_runtime_us', '950000', 'numbers'],
  ['kernel/sem', '32000\t1024000000\t500\t32000', 'numbers'],
  ['kernel/shm_rmid_forced', '0', 'numbers'],
  ['kernel/shmall', '18446744073692774399', 'numbers'],
  ['kernel/shmmax', '18446744073692774399', 'numbers'],
  ['kernel/shmmni', '4096', 'numbers'],
  ['kernel/tainted', '0', 'numbers'],
  ['kernel/threads-max', '191831', 'numbers'],
  ['kernel/unprivileged_bpf_disabled', '2', 'numbers'],
  ['net/core/default_qdisc', 'pfifo_fast', 'words'],
  ['net/core/netdev_max_backlog', '1000', 'numbers'],
  ['net/core/rmem_default', '212992', 'numbers'],
  ['net/core/rmem_max', '4194304', 'numbers'],
  ['net/core/somaxconn', '4096', 'numbers', 'net'],
  ['net/core/wmem_default', '212992', 'numbers'],
  ['net/core/wmem_max', '4194304', 'numbers'],
  ['net/ipv4/conf/all/forwarding', '0', 'numbers', 'net'],
  ['net/ipv4/conf/all/rp_filter', '0', 'numbers', 'net'],
  ['net/ipv4/conf/default/forwarding', '0', 'numbers', 'net'],
  ['net/ipv4/conf/default/rp_filter', '0', 'numbers', 'net'],
  ['net/ipv4/icmp_echo_ignore_all', '0', 'numbers', 'net'],
  ['net/ipv4/ip_default_ttl', '64', 'numbers', 'net'],
  ['net/ipv4/ip_local_port_range', '32768\t60999', 'numbers', 'net'],
  ['net/ipv4/ip_nonlocal_bind', '0', 'numbers', 'net'],
  ['net/ipv4/ip_unprivileged_port_start', '1024', 'numbers', 'net'],
  ['net/ipv4/ping_group_range', '1\t0', 'numbers', 'net'],
  ['net/ipv4/tcp_congestion_control', 'cubic', 'words', 'net'],
  ['net/ipv4/tcp_fin_timeout', '60', 'numbers', 'net'],
  ['net/ipv4/tcp_keepalive_intvl', '75', 'numbers', 'net'],
  ['net/ipv4/tcp_keepalive_probes', '9', 'numbers', 'net'],
  ['net/ipv4/tcp_keepalive_time', '7200', 'numbers', 'net'],
  ['net/ipv4/tcp_max_syn_backlog', '512', 'numbers', 'net'],
  ['net/ipv4/tcp_rmem', '4096\t131072\t33554432', 'numbers', 'net'],
  ['net/ipv4/tcp_syn_retries', '6', 'numbers', 'net'],
  ['net/ipv4/tcp_syncookies', '1', 'numbers', 'net'],
  ['net/ipv4/tcp_tw_reuse', '2', 'numbers', 'net'],
  ['net/ipv4/tcp_wmem', '4096\t16384\t4194304', 'numbers', 'net'],
  ['net/ipv6/conf/all/disable_ipv6', '0', 'numbers', 'net'],
  ['net/ipv6/conf/default/disable_ipv6', '0', 'numbers', 'net'],
  ['net/ipv6/conf/lo/disable_ipv6', '0', 'numbers', 'net'],
  ['user/max_cgroup_namespaces', '95915', 'numbers'],
  ['user/max_ipc_namespaces', '95915', 'numbers'],
  ['user/max_mnt_namespaces', '95915', 'numbers'],
  ['user/max_net_namespaces', '95915', 'numbers'],
  ['user/max_pid_namespaces', '95915', 'numbers'],
  ['user/max_time_namespaces', '95915', 'numbers'],
  ['user/max_user_namespaces', '95915', 'numbers'],
  ['user/max_uts_namespaces', '95915', 'numbers'],
  ['vm/dirty_ratio', '20', 'numbers'],
  ['vm/drop_caches', '0', 'numbers'],
  ['vm/max_map_count', '65530', 'numbers'],
  ['vm/min_free_kbytes', '11343', 'numbers'],
  ['vm/overcommit_memory', '0', 'numbers'],
  ['vm/overcommit_ratio', '50', 'numbers'],
  ['vm/panic_on_oom', '0', 'numbers'],
  ['vm/swappiness', '60', 'numbers'],
]

const written = new WeakMap<Kernel | NetworkNamespace, Map<string, string>>()

function valuesOf(kernel: Kernel, { reader }: Reading, scope: Scope): Map<string, string> {
  const key = scope === 'net' ? reader.namespaces.net : kernel
  const known = written.get(key) ?? new Map<string, string>()
  written.set(key, known)
  return known
}

/** Writes a parameter of a network namespace from outside of it. @param name with slashes: `net/ipv4/ip_forward` */
export function setNetworkParameter(namespace: NetworkNamespace, name: string, value: string): void {
  const known = written.get(namespace) ?? new Map<string, string>()
  written.set(namespace, known.set(name, value))
}

/** As proc_dointvec() reads: numbers with blanks between, as many as there were. */
function checked(text: string, old: string, writable: Row[2]): string {
  const words = text.trim().split(/\s+/)
  if (writable === 'words') return text.trim()
  const numbers = words.every((word) => /^-?\d+$/.test(word))
  if (!numbers || words.length > old.split('\t').length) throw new SystemCallError('EINVAL')
  return words.join('\t')
}

export const sysctlFiles: readonly ProcFile<Kernel>[] = rows.map(([name, value, writable, scope = 'machine']) => ({
  name: `sys/${name}`,
  mode: writable === 'never' ? 0o444 : 0o644,
  generate: (kernel, reading) => `${valuesOf(kernel, reading, scope).get(name) ?? value}\n`,
  ...(writable === 'never'
    ? {}
    : {
        accept: (kernel: Kernel, text: string, reading: Reading) => {
          const capability = scope === 'net' ? 'NET_ADMIN' : 'SYS_ADMIN'
          const { credentials } = reading.reader
          if (credentials.uid.effective !== 0 && !hasCapability(credentials, capability)) {
            throw new SystemCallError('EPERM')
          }
          const values = valuesOf(kernel, reading, scope)
          values.set(name, checked(text, values.get(name) ?? value, writable))
        },
      }),
}))
