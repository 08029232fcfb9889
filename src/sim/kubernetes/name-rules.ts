// Shapes of names and what is said of one that has another: apimachinery/pkg/util/validation.

export interface NameRule {
  readonly shape: RegExp
  readonly text: string
}

/** `isDNS1123Label` */
export const labelRule: NameRule = {
  shape: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  text: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
}
