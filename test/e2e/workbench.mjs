// What a person does in VS Code, as functions on a page: palette, cells, kernels, themes, outputs.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

export class Workbench {
  constructor(page) {
    this.page = page
    const view = page.frameLocator('iframe.webview[src*="purpose=notebookRenderer"]').frameLocator('#active-frame')
    /** Outputs and markdown cells live in this frame. */
    this.view = view
  }

  /** Runs a command by its title, through the palette. */
  async command(title) {
    await this.page.keyboard.press('F1')
    await this.fillQuickInput(`>${title}`)
    await this.page.keyboard.press('Enter')
  }

  /** Types into the open quick input and waits until the list has followed. */
  async fillQuickInput(text) {
    await this.page.locator('.quick-input-widget input.input').fill(text)
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor()
    await this.page.waitForTimeout(250)
  }

  quickPickRows() {
    return this.page.locator('.quick-input-list .monaco-list-row')
  }

  dialog() {
    return this.page.locator('.monaco-dialog-box')
  }

  row(index) {
    return this.page.locator(`.notebookOverlay .monaco-list-row[data-index="${index}"]`)
  }

  /** The index of the cell whose source begins with this text. */
  async indexOf(text) {
    for (let tries = 0; tries < 40; tries += 1) {
      const rows = this.page.locator('.notebookOverlay .code-cell-row')
      for (const row of await rows.all()) {
        const source = await row.locator('.view-lines').first().innerText()
        if (source.replaceAll('\u00a0', ' ').trimStart().startsWith(text)) {
          return Number(await row.getAttribute('data-index'))
        }
      }
      await this.page.locator('.notebookOverlay .cell-list-container').hover()
      await this.page.mouse.wheel(0, 300)
      await this.page.waitForTimeout(150)
    }
    throw new Error(`no cell begins with: ${text}`)
  }

  /** Opens a file of the workspace as a notebook. */
  async openLesson(name) {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name })
    await row.dblclick()
    await this.cellsShown()
  }

  async cellsShown() {
    await this.page.locator('.notebookOverlay .code-cell-row').first().waitFor({ timeout: 60_000 })
  }

  async run(index) {
    await this.row(index).hover()
    await this.row(index).locator('.run-button-container .codicon-notebook-execute').click()
  }

  async cancel(index) {
    await this.row(index).hover()
    await this.row(index).locator('.run-button-container .codicon-notebook-stop').click()
  }

  /** Waits until the cell has run for the nth time of this notebook. */
  async ranAs(index, order, timeout = 30_000) {
    await this.row(index).locator('.execution-count-label', { hasText: `[${order}]` }).waitFor({ timeout })
  }

  /** Status bar items of a cell: their labels for a screen reader. */
  async statusLabels(index) {
    return this.row(index)
      .locator('.cell-status-item')
      .evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? item.textContent))
  }

  /** The label of the one status bar item that matches; waits for it. */
  async statusOf(index, pattern) {
    for (let tries = 0; tries < 50; tries += 1) {
      const found = (await this.statusLabels(index)).find((label) => pattern.test(label))
      if (found !== undefined) return found
      await this.page.waitForTimeout(100)
    }
    throw new Error(`no status bar item matches ${pattern}: ${JSON.stringify(await this.statusLabels(index))}`)
  }

  /** An output of ours, found by the beginning of its heading. */
  output(heading) {
    return this.view.locator('section', { has: this.view.locator('h3', { hasText: heading }) })
  }

  kernelLabel() {
    return this.page.locator('.kernel-label').first()
  }

  /** Chooses a kernel from the kernel picker by its name. */
  async selectKernel(name) {
    await this.kernelLabel().click()
    await this.quickPickRows().filter({ hasText: name }).first().click()
  }

  async theme(name) {
    await this.page.keyboard.press('Control+K')
    await this.page.keyboard.press('Control+T')
    await this.fillQuickInput(name)
    await this.page.keyboard.press('Enter')
    await this.page.waitForTimeout(800)
  }

  /** Runs axe in the frame of outputs and markdown cells. Returns serious and critical faults. */
  async axe() {
    const frame = this.page.frames().find((candidate) => candidate.url().includes('fake.html'))
    if (frame === undefined) throw new Error('no web view with outputs')
    await frame.evaluate(`${await readFile(axePath, 'utf8')};0`)
    const { violations } = await frame.evaluate('axe.run("#container")')
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  }
}
