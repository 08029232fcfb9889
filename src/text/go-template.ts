// Go's text/template: parse once, execute over values of go-values.ts. Docker's --format and kubectl's go-template use it.
import { builtinFunctions, type TemplateFunctions } from './go-template-functions.ts'
import { parseTemplate } from './go-template-parse.ts'
import { type ExecutionOptions, runTemplate, type TemplateProgram } from './go-template-run.ts'

export { TemplateParseError } from './go-template-parse.ts'
export { TemplateExecError } from './go-template-run.ts'
export { dockerFunctions, headerFunctions, type TemplateFunctions } from './go-template-functions.ts'
export * from './go-values.ts'

export class GoTemplate {
  private readonly program: TemplateProgram

  /**
   * @param source the template's text
   * @param functions what may be called besides text/template's own functions
   * @param name stands in error messages: empty for docker, `output` for kubectl
   * @throws TemplateParseError
   */
  constructor(source: string, functions: TemplateFunctions = new Map(), name = '') {
    const all: TemplateFunctions = new Map([...builtinFunctions, ...functions])
    const { main, definitions } = parseTemplate(name, source, new Set(all.keys()))
    this.program = { name, source, main, definitions, functions: all }
  }

  /**
   * @param data the dot: a value of go-values.ts
   * @param options.functions other functions of the same names, as docker has them for a table's header
   * @throws TemplateExecError
   */
  execute(data: unknown, options: ExecutionOptions & { functions?: TemplateFunctions } = {}): string {
    const functions = new Map([...this.program.functions, ...(options.functions ?? [])])
    return runTemplate({ ...this.program, functions }, data, options)
  }
}
