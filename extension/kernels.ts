// Which kernels there are: the simulated machine always and by default, this machine in a trusted workspace only.

import * as vscode from 'vscode'
import type { Cell } from '../src/notebook/cell.ts'
import { LessonKernel, type KernelServices, simulatedControllerId } from './kernel.ts'
import { KernelSelection } from './kernel-selection.ts'
import { readNotebook } from './notebook-lesson.ts'

export interface Kernels extends vscode.Disposable {
  /** The kernel that a notebook has. */
  of(notebook: vscode.NotebookDocument): LessonKernel
}

/** Makes the kernels and selects the simulated one for each lesson that has none. */
export function registerKernels(extensionId: string, services: KernelServices): Kernels {
  const disposables: vscode.Disposable[] = []
  const selection = new KernelSelection(extensionId, simulatedControllerId)
  const chosen = new WeakMap<vscode.NotebookDocument, LessonKernel>()
  const add = (kernel: LessonKernel) => {
    selection.watch(kernel.controller)
    const watching = kernel.controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
      if (selected) chosen.set(notebook, kernel)
    })
    disposables.push(kernel, watching)
    return kernel
  }
  const simulated = add(
    new LessonKernel(
      {
        kind: 'sim',
        label: vscode.l10n.t('Simulated machine'),
        description: vscode.l10n.t('Needs nothing installed'),
        whose: vscode.l10n.t('your run on the simulated machine'),
      },
      services,
    ),
  )
  const addMachine = () =>
    add(
      new LessonKernel(
        {
          kind: 'machine',
          label: vscode.l10n.t('This machine'),
          description: vscode.l10n.t('Runs real commands here'),
          whose: vscode.l10n.t('your run on this machine'),
          confirm: confirmRealRun,
        },
        services,
      ),
    )
  if (vscode.workspace.isTrusted) addMachine()
  else disposables.push(vscode.workspace.onDidGrantWorkspaceTrust(addMachine))
  return {
    of: (notebook) => chosen.get(notebook) ?? simulated,
    dispose: () => vscode.Disposable.from(selection, ...disposables).dispose(),
  }
}

/** Says what will happen on the learner's own machine, and goes on only with a clear yes. */
async function confirmRealRun(notebook: vscode.NotebookDocument, cells: readonly Cell[]): Promise<boolean> {
  const { lesson } = await readNotebook(notebook)
  const { creates, needs } = lesson.frontMatter
  const run = vscode.l10n.t('Run on This Machine')
  const count =
    cells.length === 1
      ? vscode.l10n.t('One cell runs now: {0}.', cells[0]?.name ?? '')
      : vscode.l10n.t('{0} cells run now.', cells.length)
  const made =
    creates.length === 0
      ? vscode.l10n.t('The lesson does not say that it makes anything that lasts.')
      : vscode.l10n.t('The lesson makes: {0}.', creates.join(', '))
  const detail = [
    count,
    made,
    ...(needs.includes('kubectl') ? [await clusterSentence()] : []),
    vscode.l10n.t('It is removed again when the lesson is restarted or closed. Nothing else is touched.'),
    vscode.l10n.t('The commands run with your rights. You are asked once for each notebook.'),
  ].join('\n\n')
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Run this lesson on your own machine?'),
    { modal: true, detail },
    run,
  )
  return answer === run
}

/** Which cluster a lesson with kubectl would use: nobody is surprised by a namespace in the wrong one. */
async function clusterSentence(): Promise<string> {
  const { clusterName, currentCluster } = await import('./machine.ts')
  const cluster = await currentCluster()
  return cluster === undefined
    ? vscode.l10n.t('kubectl is not set up for any cluster.')
    : vscode.l10n.t('It uses a namespace of its own in the cluster {0}.', clusterName(cluster))
}
