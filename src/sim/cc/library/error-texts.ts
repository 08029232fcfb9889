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
  44: ['ECHRNG', 'Channel number out of range'],
  45: ['EL2NSYNC', 'Level 2 not synchronized'],
  46: ['EL3HLT', 'Level 3 halted'],
  47: ['EL3RST', 'Level 3 reset'],
  48: ['ELNRNG', 'Link number out of range'],
  49: ['EUNATCH', 'Protocol driver not attached'],
  50: ['ENOCSI', 'No CSI structure available'],
  51: ['EL2HLT', 'Level 2 halted'],
  52: ['EBADE', 'Invalid exchange'],
  53: ['EBADR', 'Invalid request descriptor'],
  54: ['EXFULL', 'Exchange full'],
  55: ['ENOANO', 'No anode'],
  56: ['EBADRQC', 'Invalid request code'],
  57: ['EBADSLT', 'Invalid slot'],
  59: ['EBFONT', 'Bad font file format'],
  60: ['ENOSTR', 'Device not a stream'],
  63: ['ENOSR', 'Out of streams resources'],
  64: ['ENONET', 'Machine is not on the network'],
  65: ['ENOPKG', 'Package not installed'],
  66: ['EREMOTE', 'Object is remote'],
  67: ['ENOLINK', 'Link has been severed'],
  68: ['EADV', 'Advertise error'],
  69: ['ESRMNT', 'Srmount error'],
  70: ['ECOMM', 'Communication error on send'],
  72: ['EMULTIHOP', 'Multihop attempted'],
  73: ['EDOTDOT', 'RFS specific error'],
  76: ['ENOTUNIQ', 'Name not unique on network'],
  77: ['EBADFD', 'File descriptor in bad state'],
  78: ['EREMCHG', 'Remote address changed'],
  79: ['ELIBACC', 'Can not access a needed shared library'],
  80: ['ELIBBAD', 'Accessing a corrupted shared library'],
  81: ['ELIBSCN', '.lib section in a.out corrupted'],
  82: ['ELIBMAX', 'Attempting to link in too many shared libraries'],
  83: ['ELIBEXEC', 'Cannot exec a shared library directly'],
  85: ['ERESTART', 'Interrupted system call should be restarted'],
  86: ['ESTRPIPE', 'Streams pipe error'],
  109: ['ETOOMANYREFS', 'Too many references: cannot splice'],
  117: ['EUCLEAN', 'Structure needs cleaning'],
  118: ['ENOTNAM', 'Not a XENIX named type file'],
  119: ['ENAVAIL', 'No XENIX semaphores available'],
  120: ['EISNAM', 'Is a named type file'],
  121: ['EREMOTEIO', 'Remote I/O error'],
  123: ['ENOMEDIUM', 'No medium found'],
  124: ['EMEDIUMTYPE', 'Wrong medium type'],
  126: ['ENOKEY', 'Required key not available'],
  127: ['EKEYEXPIRED', 'Key has expired'],
  128: ['EKEYREVOKED', 'Key has been revoked'],
  129: ['EKEYREJECTED', 'Key was rejected by service'],
  130: ['EOWNERDEAD', 'Owner died'],
  131: ['ENOTRECOVERABLE', 'State not recoverable'],
  132: ['ERFKILL', 'Operation not possible due to RF-kill'],
  133: ['EHWPOISON', 'Memory page has hardware error'],
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
