// `inspect`: objects as indented JSON, or through a template, as `docker inspect` and its siblings print them.
import { dockerFunctions, fromJson, GoTemplate, TemplateExecError, TemplateParseError } from '../../text/go-template.ts'
import { writeJson } from '../../text/json.ts'
import type { Program } from '../kernel/system.ts'
import { StatusError } from './errors.ts'
import { errorMessage, type Invocation } from './invocation.ts'
import { typedValue } from './inspect-types.ts'

export interface Inspected {
  readonly json: unknown
  /** The Go type that the client decodes it into. */
  readonly type: string
}

/**
 * Prints what `find` gives for each name, as the flag `--format` says; names that are not found are told at the end.
 * @returns the exit code
 */
export function* inspectAll(
  invocation: Invocation,
  names: readonly string[],
  find: (name: string) => Program<Inspected>,
): Program<number> {
  const format = invocation.flags.text('format')
  const template = parseTemplate(format, invocation.release !== '20.10')
  const found: Inspected[] = []
  const errors: string[] = []
  let output = ''
  for (const name of names) {
    try {
      const object = yield* find(name)
      found.push(object)
      if (template) output += `${execute(template, object)}\n`
    } catch (error) {
      errors.push(error instanceof TemplateExecError ? `template parsing error: ${error.message}` : errorMessage(error))
    }
  }
  if (template) yield* invocation.out(output === '' ? '\n' : output)
  else yield* invocation.out(allText(found, format))
  if (errors.length > 0) throw new StatusError(errors.join('\n'))
  return 0
}

function parseTemplate(format: string, knowsJson: boolean): GoTemplate | undefined {
  if (format === '' || (format === 'json' && knowsJson)) return undefined
  try {
    return new GoTemplate(format, dockerFunctions)
  } catch (error) {
    if (!(error instanceof TemplateParseError)) throw error
    throw new StatusError(`template parsing error: ${error.message}`, 64)
  }
}

/** First on the client's types, and when that fails on the JSON as it came, where a missing key is an error. */
function execute(template: GoTemplate, object: Inspected): string {
  try {
    return template.execute(typedValue(object.type, object.json))
  } catch (error) {
    if (!(error instanceof TemplateExecError)) throw error
    try {
      return template.execute(fromJson(object.json), { missingKeyIsError: true })
    } catch (again) {
      if (again instanceof TemplateExecError) {
        // What JSON decodes into has no type of its own.
        again.message = again.message.replace(
          /(can't evaluate field \w+ in type) (string|bool|float64|int)$/,
          '$1 interface {}',
        )
      }
      throw again
    }
  }
}

function allText(found: readonly Inspected[], format: string): string {
  const objects = found.map((object) => object.json)
  return format === 'json' ? `${writeJson(objects)}\n` : `${writeJson(objects, { indent: '    ' })}\n`
}
