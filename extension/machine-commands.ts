// Commands on the learner's own machine: what can run here, and removing what lessons have left.

import * as vscode from 'vscode'
import { listLessons } from './course.ts'
import type { TextDocuments } from './text-documents.ts'

/** Shows what this machine has, which lessons can run on it, and what to do where one cannot. */
export async function doctor(documents: TextDocuments): Promise<void> {
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Looking at this machine') },
    doctorReport,
  )
  await documents.showPreview('doctor.md', report)
}

async function doctorReport(): Promise<string> {
  const { examine, lessonReadiness } = await import('./machine.ts')
  const probes = await examine()
  const lessons: string[] = []
  for (const { lesson } of await listLessons(vscode.env.language)) {
    const { ready, missing } = await lessonReadiness(lesson.frontMatter.needs, probes)
    const verdict = ready
      ? vscode.l10n.t('can run on this machine')
      : vscode.l10n.t('needs {0}', missing.map(({ id }) => id).join(', '))
    lessons.push(`- **${plain(lesson.frontMatter.title ?? '')}**: ${verdict}`)
  }
  const states = {
    ok: vscode.l10n.t('ok'),
    warn: vscode.l10n.t('note'),
    fail: vscode.l10n.t('broken'),
    missing: vscode.l10n.t('missing'),
  }
  const rows = probes.map(({ id, status, found, advice }) => {
    const text = [found, advice].filter((part) => part !== '').map(plain)
    return `| ${id} | ${states[status]} | ${text.join(' ')} |`
  })
  return [
    `# ${vscode.l10n.t('What can run on this machine')}`,
    ...lessons,
    vscode.l10n.t('Every lesson runs in the simulated machine, which needs nothing.'),
    `## ${vscode.l10n.t('What was found')}`,
    [`| ${vscode.l10n.t('part')} | ${vscode.l10n.t('state')} | |`, '| --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n')
}

/** What a program printed is text: nothing in it becomes markup. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\*_{}[\]<>#|~&!]/g, '\\$&')
}

/** Lists what lessons have left on this machine, asks, and removes exactly that. */
export async function cleanUp(): Promise<void> {
  const { cleanup, listLeftovers } = await import('./machine.ts')
  try {
    const leftovers = await listLeftovers()
    if (leftovers.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing that a lesson made is left on this machine.'))
      return
    }
    const remove = vscode.l10n.t('Remove')
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Remove what lessons have left on this machine?'),
      { modal: true, detail: leftovers.map(({ kind, name }) => `${kind} ${name}`).join('\n') },
      remove,
    )
    if (answer !== remove) return
    const { removed, failed } = await cleanup()
    if (failed.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Removed: {0}.', names(removed)))
      return
    }
    const reasons = failed.map(({ name, reason }) => `${name}: ${reason}`).join('; ')
    void vscode.window.showErrorMessage(vscode.l10n.t('Not removed: {0}', reasons))
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error))
  }
}

function names(things: readonly { kind: string; name: string }[]): string {
  return things.map(({ kind, name }) => `${kind} ${name}`).join(', ')
}
