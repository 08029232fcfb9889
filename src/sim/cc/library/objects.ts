// The objects that the library defines for programs: name and size in bytes.
export const libraryObjects: Readonly<Record<string, number>> = {
  stdin: 8,
  stdout: 8,
  stderr: 8,
  environ: 8,
  __environ: 8,
  optarg: 8,
  optind: 4,
  opterr: 4,
  optopt: 4,
  program_invocation_name: 8,
  program_invocation_short_name: 8,
  timezone: 8,
  daylight: 4,
  tzname: 16,
  // Not seen by programs: errno, FILE objects of the three streams, static results of functions.
  ' errno': 4,
  ' streams': 3 * 256,
  ' scratch': 4096,
}
