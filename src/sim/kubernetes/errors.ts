// What the API server refuses, with a Status's reason, code and message.
import { pluralWithGroup, type Resource } from './resources.ts'

export type StatusReason =
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Invalid'
  | 'BadRequest'
  | 'Forbidden'
  | 'MethodNotAllowed'
  | 'InternalError'
  | 'Expired'

const codes: Readonly<Record<StatusReason, number>> = {
  NotFound: 404,
  AlreadyExists: 409,
  Conflict: 409,
  Invalid: 422,
  BadRequest: 400,
  Forbidden: 403,
  MethodNotAllowed: 405,
  InternalError: 500,
  Expired: 410,
}

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly reason: StatusReason
  readonly code: number
  /** Of Invalid: what is invalid, and each fault, as kubectl lists them. */
  readonly details: { readonly kind: string; readonly name: string; readonly causes: readonly string[] } | undefined

  constructor(reason: StatusReason, message: string, details?: ApiError['details']) {
    super(message)
    this.reason = reason
    this.code = codes[reason]
    this.details = details
  }
}

export function notFound(resource: Resource, name: string): ApiError {
  return new ApiError('NotFound', `${pluralWithGroup(resource)} "${name}" not found`)
}

export function alreadyExists(resource: Resource, name: string): ApiError {
  return new ApiError('AlreadyExists', `${pluralWithGroup(resource)} "${name}" already exists`)
}

export function conflict(resource: Resource, name: string): ApiError {
  return new ApiError(
    'Conflict',
    `Operation cannot be fulfilled on ${pluralWithGroup(resource)} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
  )
}

/** One fault of a field, `spec.containers[0].image: Required value`. */
export interface FieldError {
  readonly field: string
  /** `Required value`, `Invalid value: "x": why`, `Unsupported value: …`. */
  readonly text: string
}

export function invalid(resource: Resource, name: string, errors: readonly FieldError[]): ApiError {
  const texts = errors.map(({ field, text }) => `${field}: ${text}`)
  const list = texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`
  const kind = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`
  return new ApiError('Invalid', `${kind} "${name}" is invalid: ${list}`, {
    kind: resource.kind,
    name,
    causes: texts,
  })
}
