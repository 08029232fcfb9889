// Flags that several commands share, and those of all commands. Texts: `kubectl options`, `kubectl get --help`.
import { bool, duration, type FlagRow, int, string, stringArray, strings } from '../../text/flags.ts'

export { bool, duration, int, string, stringArray, strings }

export const globalFlags: readonly FlagRow[] = [
  { name: 'as', type: string, usage: 'Username to impersonate for the operation' },
  { name: 'context', type: string, usage: 'The name of the kubeconfig context to use' },
  { name: 'kubeconfig', type: string, usage: 'Path to the kubeconfig file to use for CLI requests.' },
  { name: 'namespace', shorthand: 'n', type: string, usage: 'If present, the namespace scope for this CLI request' },
  {
    name: 'request-timeout',
    type: string,
    default: '0',
    usage:
      "The length of time to wait before giving up on a single server request. Non-zero values should contain a corresponding time unit (e.g. 1s, 2m, 3h). A value of zero means don't timeout requests.",
  },
  { name: 'v', shorthand: 'v', type: int, default: '0', usage: 'number for the log level verbosity' },
]

export const allNamespaces: FlagRow = {
  name: 'all-namespaces',
  shorthand: 'A',
  type: bool,
  default: 'false',
  usage:
    'If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.',
}
export const selector: FlagRow = {
  name: 'selector',
  shorthand: 'l',
  type: string,
  usage: `Selector (label query) to filter on, supports '=', '==', and '!='.(e.g. -l key1=value1,key2=value2)`,
}
export const fieldSelector: FlagRow = {
  name: 'field-selector',
  type: string,
  usage: `Selector (field query) to filter on, supports '=', '==', and '!='.(e.g. --field-selector key1=value1,key2=value2). The server only supports a limited number of field queries per type.`,
}
export const output: FlagRow = {
  name: 'output',
  shorthand: 'o',
  type: string,
  usage:
    'Output format. One of: json|yaml|wide|name|custom-columns=...|custom-columns-file=...|go-template=...|go-template-file=...|jsonpath=...|jsonpath-file=...',
}
export const template: FlagRow = {
  name: 'template',
  type: string,
  usage:
    'Template string or path to template file to use when -o=go-template, -o=go-template-file. The template format is golang templates [http://golang.org/pkg/text/template/#pkg-overview].',
}
export const noHeaders: FlagRow = {
  name: 'no-headers',
  type: bool,
  default: 'false',
  usage: "When using the default or custom-column output format, don't print headers (default print headers).",
}
export const filename: FlagRow = {
  name: 'filename',
  shorthand: 'f',
  type: strings,
  default: '[]',
  usage: 'Filename, directory, or URL to files identifying the resource.',
}
export const recursive: FlagRow = {
  name: 'recursive',
  shorthand: 'R',
  type: bool,
  default: 'false',
  usage: 'Process the directory used in -f, --filename recursively.',
}
export const all: FlagRow = {
  name: 'all',
  type: bool,
  default: 'false',
  usage: 'Select all resources in the namespace of the specified resource types',
}
export const dryRun: FlagRow = {
  name: 'dry-run',
  type: { ...string, name: 'string', alone: 'unchanged' },
  default: 'none',
  usage:
    'Must be "none", "server", or "client". If client strategy, only print the object that would be sent, without sending it. If server strategy, submit server-side request without persisting the resource.',
}
export const container: FlagRow = {
  name: 'container',
  shorthand: 'c',
  type: string,
  usage: 'Container name. If omitted, the first container in the pod will be chosen',
}
export const overwrite: FlagRow = {
  name: 'overwrite',
  type: bool,
  default: 'false',
  usage: 'If true, allow labels to be overwritten, otherwise reject label updates that overwrite existing labels.',
}
export const ignored = (name: string, type = string, shorthand?: string): FlagRow => ({
  name,
  type,
  usage: '',
  hidden: true,
  ...(shorthand === undefined ? {} : { shorthand }),
})
