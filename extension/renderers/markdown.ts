// Adds a lesson's own blocks to VS Code's markdown in notebooks: the front matter becomes a head, ```quiz a question that
// can be answered, ```hint a hint that unfolds, a solution stays
// folded until asked for. In notebooks that are not ours it changes nothing.

import type { ActivationFunction } from 'vscode-notebook-renderer'
import { frontMatterLines, readFrontMatter } from '../../src/notebook/front-matter.ts'
import { parseInfoString, valueOf } from '../../src/notebook/info-string.ts'
import { readQuestion } from '../../src/notebook/quiz.ts'
import type { HintData, LessonHead, QuizData, SolutionData } from '../common/lesson-data.ts'
import { readAnswers, type ToExtension } from '../common/messages.ts'
import { defineLessonElements, lessonElements, updateLesson } from './lesson-elements.ts'
import type { Env, MarkdownIt, MarkdownRenderer, Token } from './markdown-it-types.ts'

export const activate: ActivationFunction = async (context) => {
  const markdown = (await context.getRenderer('vscode.markdown-it-renderer')) as MarkdownRenderer | undefined
  if (markdown === undefined) throw new Error('The markdown renderer of VS Code is not there.')
  defineLessonElements()
  const send = (message: ToExtension): void => context.postMessage?.(message)
  const actions = {
    answer: (quiz: string, option: number) => send({ type: 'answer', quiz, option }),
    readHint: (check: string, number: number) => send({ type: 'hint-read', check, number }),
    putSolution: (check: string) => send({ type: 'put-solution', check }),
  }
  context.onDidReceiveMessage?.((message) => {
    const answers = readAnswers(message)
    if (answers !== undefined) updateLesson({ ...answers, ...actions })
  })
  send({ type: 'answers-wanted' })
  markdown.extendMarkdownIt(addLessonBlocks)
}

function addLessonBlocks(md: MarkdownIt): void {
  md.block.ruler.before(
    'hr',
    'pause_lab_front_matter',
    (state, startLine, _endLine, isSilent) => {
      if (startLine !== 0 || isSilent || !isOurs(state.env)) return false
      const lines = state.src.split('\n')
      const count = frontMatterLines((line) => lines[line])
      if (count <= 0) return false
      const token = state.push('pause_lab_front_matter', '', 0)
      token.content = `${lines.slice(0, count).join('\n')}\n`
      token.map = [0, count]
      state.line = count
      return true
    },
    { alt: [] },
  )
  md.renderer.rules['pause_lab_front_matter'] = (tokens, i) => {
    const token = tokens[i]
    return token === undefined ? '' : element(md, lessonElements.head, headOf(token.content))
  }
  const fence = md.renderer.rules['fence']
  md.renderer.rules['fence'] = (tokens, i, options, env, self) => {
    const token = tokens[i]
    if (token !== undefined && isOurs(env)) {
      const block = drawBlock(md, token, env)
      if (block !== undefined) return block
    }
    return fence?.(tokens, i, options, env, self) ?? self.renderToken(tokens, i, options)
  }
}

function drawBlock(md: MarkdownIt, token: Token, env: Env | undefined): string | undefined {
  const info = parseInfoString(token.info, { line: 1, column: 1 })
  if (info.language === 'hint') return element(md, lessonElements.hint, hintOf(token, env))
  if (info.language === 'solution') return element(md, lessonElements.solution, solutionOf(token, env))
  if (info.language !== 'quiz') return undefined
  const { question } = readQuestion(token.content, 1)
  const name = valueOf(info, 'name')
  if (question === undefined || name === undefined) return undefined
  const before = valueOf(info, 'before')
  const quiz: QuizData = before === undefined ? { name, ...question } : { name, before, ...question }
  return element(md, lessonElements.quiz, quiz)
}

function headOf(source: string): LessonHead {
  const { title, summary, minutes, needs, objectives } = readFrontMatter({
    kind: 'front-matter',
    source,
    after: '',
    line: 1,
    endLine: source.split('\n').length - 1,
  })
  const head = { title: title ?? '', summary: summary ?? '', needs, objectives }
  return minutes === undefined ? head : { ...head, minutes }
}

function hintOf(token: Token, env: Env | undefined): HintData {
  const text = token.content.trim()
  const place = metadataOf(env)['pauseLabHint']
  if (!isPlace(place)) return { text, check: '', number: 1, count: 1 }
  return { text, check: place.check, number: place.number, count: place.count }
}

function solutionOf({ content }: Token, env: Env | undefined): SolutionData {
  const solution = metadataOf(env)['pauseLabSolution']
  const isKnown = typeof solution === 'object' && solution !== null && 'check' in solution
  return { code: content.replace(/\n$/, ''), check: isKnown ? String(solution.check) : '' }
}

function isPlace(value: unknown): value is Omit<HintData, 'text'> {
  return typeof value === 'object' && value !== null && 'check' in value && 'number' in value && 'count' in value
}

/** All of the lesson's text travels in one attribute, escaped; the element makes text nodes of it. */
function element(md: MarkdownIt, name: string, data: LessonHead | QuizData | HintData | SolutionData): string {
  return `<${name} data-lesson="${md.utils.escapeHtml(JSON.stringify(data))}"></${name}>\n`
}

/** Whether the text is a cell of one of our notebooks: the serializer marks them all. */
function isOurs(env: Env | undefined): boolean {
  return 'pauseLab' in metadataOf(env)
}

function metadataOf(env: Env | undefined): Readonly<Record<string, unknown>> {
  const metadata = env?.outputItem?.metadata
  return typeof metadata === 'object' && metadata !== null ? { ...metadata } : {}
}
