// strerror(3) and strsignal(3): glibc's texts by number.
import { type Errno, errnoNumber, strerror } from '../../kernel/errno.ts'
import { signalByNumber } from '../../kernel/signal-numbers.ts'

/** Those that no system call here gives. */
const others: Readonly<Record<number, readonly [string, string]>> = {
  15: ['ENOTBLK', 'Block device required'],
  35: ['EDEADLK', 'Resource deadlock avoided'],
  37: ['ENOLCK', 'No locks available'],
  42: ['ENOMSG', 'No message of desired type'],
  43: ['EIDRM', 'Identifier removed'],
  62: ['ETIME', 'Timer expired'],
  74: ['EBADMSG', 'Bad message'],
  84: ['EILSEQ', 'Invalid or incomplete multibyte or wide character'],
  94: ['ESOCKTNOSUPPORT', 'Socket type not supported'],
  96: ['EPFNOSUPPORT', 'Protocol family not supported'],
  102: ['ENETRESET', 'Network dropped connection on reset'],
  105: ['ENOBUFS', 'No buffer space available'],
  108: ['ESHUTDOWN', 'Cannot send after transport endpoint shutdown'],
  112: ['EHOSTDOWN', 'Host is down'],
  116: ['ESTALE', 'Stale file handle'],
  122: ['EDQUOT', 'Disk quota exceeded'],
  125: ['ECANCELED', 'Operation canceled'],
}

const known =
  'EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE ENAMETOOLONG ENOSYS ENOTEMPTY ELOOP ENODATA EPROTO EOVERFLOW EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT EOPNOTSUPP EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ECONNABORTED ECONNRESET EISCONN ENOTCONN ETIMEDOUT ECONNREFUSED EHOSTUNREACH EALREADY EINPROGRESS'.split(
    ' ',
  ) as Errno[]
const byNumber = new Map(known.map((name) => [errnoNumber(name), name]))

/** The text of an error number. */
export function strerrorText(number: number): string {
  if (number === 0) return 'Success'
  const name = byNumber.get(number)
  return name === undefined ? (others[number]?.[1] ?? `Unknown error ${number}`) : strerror(name)
}

/** The name of an error number, such as ENOENT. */
export function errorName(number: number): string | undefined {
  return byNumber.get(number) ?? others[number]?.[0]
}

/** The text of a signal's number. */
export function strsignalText(number: number): string {
  const row = signalByNumber(number)
  if (row !== undefined) return row.text
  return number >= 34 && number <= 64 ? `Real-time signal ${number - 34}` : `Unknown signal ${number}`
}
