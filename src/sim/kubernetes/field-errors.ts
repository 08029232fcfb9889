// What is wrong with a field, in the words of apimachinery/pkg/util/validation/field.
import type { FieldError } from './errors.ts'

export function required(field: string, why?: string): FieldError {
  return { field, text: why === undefined ? 'Required value' : `Required value: ${why}` }
}

/** A value in Go's literals, unless it is one already (`map[…]`, `v1.…`). */
export function invalidValue(field: string, value: unknown, why: string): FieldError {
  const shown =
    typeof value === 'string' && !value.startsWith('map[') && !/^(v1|core)\./.test(value)
      ? JSON.stringify(value)
      : String(value)
  return { field, text: `Invalid value: ${shown}: ${why}` }
}

export function unsupported(field: string, value: string, supported: readonly string[]): FieldError {
  const list = supported.map((each) => JSON.stringify(each)).join(', ')
  return { field, text: `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}` }
}

export function duplicate(field: string, value: string): FieldError {
  return { field, text: `Duplicate value: ${JSON.stringify(value)}` }
}

export function notFound(field: string, value: string): FieldError {
  return { field, text: `Not found: ${JSON.stringify(value)}` }
}

export function forbidden(field: string, why: string): FieldError {
  return { field, text: `Forbidden: ${why}` }
}
