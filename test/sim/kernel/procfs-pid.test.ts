// /proc/PID: status, stat, wchan and syscall of one process, living or a zombie. Formats as real kernels print them.
import { describe, expect, test } from 'vitest'
import { become, inChild, names, read } from './file-helpers.ts'
import { outcome } from './machine.ts'
import { lines, pauses, settle, withProc } from './proc-helpers.ts'

describe('/proc/PID/status', () => {
  test('of a sleeping process', async () => {
    const [text] = await withProc(function* main(system, note) {
      const child = yield* system.fork(function* sleeper(own) {
        yield* own.prctl_set_name('sleeper')
        yield* own.sigaction(2, { handler: 'SIG_IGN' })
        yield* own.sigaction(15, { *handler() {} })
        yield* own.sigprocmask('SIG_BLOCK', [10])
        return yield* pauses(own)
      })
      yield* settle(system)
      yield* system.kill(child, 10)
      note(yield* read(system, `/proc/${child}/status`))
      return 0
    })
    expect(String(text).replaceAll(/ +\d+ kB/g, ' N kB')).toBe(
      [
        'Name:\tsleeper',
        'Umask:\t0022',
        'State:\tS (sleeping)',
        'Tgid:\t3',
        'Ngid:\t0',
        'Pid:\t3',
        'PPid:\t2',
        'TracerPid:\t0',
        'Uid:\t0\t0\t0\t0',
        'Gid:\t0\t0\t0\t0',
        'FDSize:\t64',
        'Groups:\t ',
        'NStgid:\t3',
        'NSpid:\t3',
        'NSpgid:\t1',
        'NSsid:\t1',
        'Kthread:\t0',
        'VmPeak:\t N kB',
        'VmSize:\t N kB',
        'VmLck:\t N kB',
        'VmPin:\t N kB',
        'VmHWM:\t N kB',
        'VmRSS:\t N kB',
        'RssAnon:\t N kB',
        'RssFile:\t N kB',
        'RssShmem:\t N kB',
        'VmData:\t N kB',
        'VmStk:\t N kB',
        'VmExe:\t N kB',
        'VmLib:\t N kB',
        'VmPTE:\t N kB',
        'VmSwap:\t N kB',
        'HugetlbPages:\t N kB',
        'CoreDumping:\t0',
        'THP_enabled:\t1',
        'untag_mask:\t0xffffffffffffffff',
        'Threads:\t1',
        'SigQ:\t1/95915',
        'SigPnd:\t0000000000000000',
        'ShdPnd:\t0000000000000200',
        'SigBlk:\t0000000000000200',
        'SigIgn:\t0000000000000002',
        'SigCgt:\t0000000000004000',
        'CapInh:\t0000000000000000',
        'CapPrm:\t000001ffffffffff',
        'CapEff:\t000001ffffffffff',
        'CapBnd:\t000001ffffffffff',
        'CapAmb:\t0000000000000000',
        'NoNewPrivs:\t0',
        'Seccomp:\t0',
        'Seccomp_filters:\t0',
        'Speculation_Store_Bypass:\tvulnerable',
        'SpeculationIndirectBranch:\talways enabled',
        'Cpus_allowed:\t3',
        'Cpus_allowed_list:\t0-1',
        `Mems_allowed:\t${'00000000,'.repeat(31)}00000001`,
        'Mems_allowed_list:\t0',
        'voluntary_ctxt_switches:\t1',
        'nonvoluntary_ctxt_switches:\t0',
        '',
      ].join('\n'),
    )
  })

  test('numbers a process in each PID namespace from the reader’s inwards', async () => {
    const notes = await withProc(function* main(system, note) {
      const child = yield* system.clone(['NEWPID', 'NEWNS'], function* inside(own) {
        yield* own.mount('proc', '/proc', 'proc')
        note(lines(yield* read(own, '/proc/self/status'), /^(Pid|PPid|NSpid)/))
        return yield* pauses(own)
      })
      yield* settle(system)
      note(lines(yield* read(system, `/proc/${child}/status`), /^(Pid|PPid|NSpid)/))
      return 0
    })
    expect(notes).toEqual([
      ['Pid:\t1', 'PPid:\t0', 'NSpid:\t1'],
      ['Pid:\t3', 'PPid:\t2', 'NSpid:\t3\t1'],
    ])
  })
})

describe('a zombie', () => {
  test('has a state and no memory, no command line, and of its namespaces only pid and user', async () => {
    const notes = await withProc(function* main(system, note) {
      const child = yield* system.fork(function* dies() {
        return 3
      })
      yield* settle(system)
      const status = yield* read(system, `/proc/${child}/status`)
      note(lines(status, /^(State|Umask|Vm|Threads)/))
      note((yield* read(system, `/proc/${child}/stat`)).split(' ')[2])
      note(yield* read(system, `/proc/${child}/cmdline`))
      note(yield* read(system, `/proc/${child}/wchan`))
      note(yield* outcome(read(system, `/proc/${child}/mounts`)))
      note(yield* outcome(system.readlink(`/proc/${child}/exe`)))
      note(yield* outcome(system.readlink(`/proc/${child}/ns/net`)))
      note(yield* outcome(system.open(`/proc/${child}/ns/mnt`)))
      note(yield* outcome(system.readlink(`/proc/${child}/ns/pid`)))
      yield* system.wait4(child, {})
      note(yield* outcome(system.stat(`/proc/${child}`)))
      return 0
    })
    expect(notes).toEqual([
      ['State:\tZ (zombie)', 'Threads:\t1'],
      'Z',
      '',
      '0',
      'EINVAL',
      'ENOENT',
      'ENOENT',
      'ENOENT',
      'pid:[4026531836]',
      'ENOENT',
    ])
  })
})

describe('/proc/PID/wchan and syscall', () => {
  test('name the kernel function and the call that a process sleeps in', async () => {
    const notes = await withProc(function* main(system, note) {
      const child = yield* system.fork(pauses)
      yield* settle(system)
      note(yield* read(system, `/proc/${child}/wchan`))
      note((yield* read(system, `/proc/${child}/syscall`)).split(' ')[0])
      yield* system.kill(child, 19)
      yield* settle(system)
      note(yield* read(system, `/proc/${child}/wchan`))
      note(yield* read(system, '/proc/self/wchan'))
      note(yield* read(system, '/proc/self/syscall'))
      return 0
    })
    expect(notes).toEqual(['__do_sys_pause', '34', 'do_signal_stop', '0', 'running\n'])
  })

  test('are kept from other users, as the namespaces are', async () => {
    const notes = await withProc(function* main(system, note) {
      const child = yield* system.fork(pauses)
      yield* settle(system)
      yield* inChild(system, function* other(own) {
        yield* become(own, 1000)
        note(yield* read(own, `/proc/${child}/wchan`))
        note(yield* outcome(own.open(`/proc/${child}/syscall`)))
        note(yield* outcome(own.readlink(`/proc/${child}/ns/net`)))
        note(yield* outcome(own.readlink(`/proc/${child}/cwd`)))
        note(yield* outcome(names(own, `/proc/${child}/fd`)))
        note(lines(yield* read(own, `/proc/${child}/status`), /^State/))
        note(yield* own.readlink('/proc/self/ns/user'))
        return 0
      })
      return 0
    })
    expect(notes).toEqual(['0', 'EACCES', 'EACCES', 'EACCES', 'EACCES', ['State:\tS (sleeping)'], 'user:[4026531837]'])
  })
})
