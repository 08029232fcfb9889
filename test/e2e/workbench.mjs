// What a person does in VS Code, as functions on a page: palette, cells, kernels, themes, outputs.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

export class Workbench {
  constructor(page) {
    this.page = page
    // The newest: VS Code keeps that of a notebook that was left.
    const view = page
      .locator('iframe.webview[src*="purpose=notebookRenderer"]')
      .last()
      .contentFrame()
      .frameLocator('#active-frame')
    /** Outputs and markdown cells live in this frame. */
    this.view = view
  }

  /** Runs a command by its title, through the palette. Waits until the extension that has it is known. */
  async command(title) {
    await (await this.findCommand(title)).click()
  }

  /** Opens the palette and returns the entry of this command. */
  async findCommand(title) {
    const entry = this.quickPickRows().filter({ hasText: title }).first()
    for (let tries = 0; tries < 40; tries += 1) {
      await this.page.keyboard.press('F1')
      const typed = await this.fillQuickInput(`>${title}`).then(
        () => true,
        () => false,
      )
      if (typed && (await entry.isVisible())) return entry
      await this.page.keyboard.press('Escape')
      await this.page.waitForTimeout(250)
    }
    throw new Error(`no command: ${title}`)
  }

  /** Waits until the workbench knows the extension: before that a lesson opens as text. */
  async ready() {
    await this.findCommand('Pause Lab: ')
    await this.page.keyboard.press('Escape')
  }

  /** Types into the open quick input and waits until the list has followed. Throws if it closes meanwhile. */
  async fillQuickInput(text) {
    await this.page.locator('.quick-input-widget input.input').fill(text, { timeout: 5_000 })
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor({ timeout: 5_000 })
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

  /** The index of the cell whose source begins with this text. Scrolls through the notebook to find it. */
  async indexOf(text) {
    await this.scroll(-10_000)
    for (let tries = 0; tries < 60; tries += 1) {
      const cells = await this.page
        .locator('.notebookOverlay .code-cell-row')
        .evaluateAll((rows) =>
          rows.map((row) => ({ index: row.dataset.index, source: row.querySelector('.view-lines')?.innerText ?? '' })),
        )
      const found = cells.find(({ source }) => source.replaceAll('\u00a0', ' ').trimStart().startsWith(text))
      if (found !== undefined) return Number(found.index)
      await this.scroll(250)
    }
    throw new Error(`no cell begins with: ${text}`)
  }

  /** Scrolls until the cell's upper end stands well within the window, and its place no longer changes. */
  async bringIntoView(index) {
    let before = Number.NaN
    for (let tries = 0; tries < 80; tries += 1) {
      const y = await this.placeOf(index)
      if (y >= 130 && y <= 450 && y === before) return
      before = y
      if (y < 130 || y > 450) await this.scroll(Math.max(-400, Math.min(400, y - 250)))
      else await this.page.waitForTimeout(150)
    }
    throw new Error(`cell ${index} does not come into view`)
  }

  /** Where a row stands in the window; for one that is not drawn far above or below. */
  async placeOf(index) {
    const rows = await this.page
      .locator('.notebookOverlay .monaco-list-row')
      .evaluateAll((all) => all.map((row) => ({ index: Number(row.dataset.index), y: row.getBoundingClientRect().y })))
    const drawn = rows.find((row) => row.index === index)
    if (drawn !== undefined) return drawn.y
    return rows.every((row) => row.index > index) ? -1000 : 2000
  }

  /** Turns the wheel over the notebook's left edge, where no output takes it. */
  async scroll(pixels) {
    const { x, y } = await this.page.locator('.notebookOverlay').boundingBox()
    await this.page.mouse.move(x + 8, y + 200)
    // One turn of the wheel is 50 pixels to the workbench, however far it went.
    for (let turn = 0; turn < Math.abs(pixels) / 50; turn += 1) await this.page.mouse.wheel(0, Math.sign(pixels) * 50)
    await this.page.waitForTimeout(250)
  }

  /** Opens a file of the workspace as a notebook. */
  async openLesson(name) {
    await this.ready()
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name })
    await row.dblclick()
    await this.cellsShown()
  }

  /** Takes a lesson of the course by its title, or the first one. */
  async lessonChosen(title = undefined) {
    const rows = this.quickPickRows().filter({ hasNotText: 'Pause Lab: ' })
    const pick = title === undefined ? rows.first() : rows.filter({ hasText: title })
    await pick.waitFor({ timeout: 60_000 })
    await pick.click()
    await this.cellsShown()
  }

  /** The index of the lesson's first cell that can run; scrolls down to it. */
  async firstCell() {
    const drawn = this.page.locator('.notebookOverlay .code-cell-row').first()
    for (let tries = 0; tries < 20 && !(await drawn.isVisible()); tries += 1) await this.scroll(250)
    return Number(await drawn.getAttribute('data-index'))
  }

  async cellsShown() {
    const rows = this.page.locator('.notebookOverlay .monaco-list-row')
    // A row of text is drawn in the web view and has no height of its own here.
    await rows.first().waitFor({ state: 'attached', timeout: 60_000 })
  }

  /** Runs a cell by its button. */
  async clickRun(index) {
    await this.hoverButtons(index)
    await this.row(index).locator('.run-button-container .codicon-notebook-execute').click()
  }

  /** Runs a cell by keyboard. */
  async run(index) {
    await this.focus(index)
    await this.page.keyboard.press('Meta+Enter')
  }

  async cancel(index) {
    await this.hoverButtons(index)
    await this.row(index).locator('.run-button-container .codicon-notebook-stop').click()
  }

  async focus(index) {
    await this.bringIntoView(index)
    await this.row(index)
      .locator('.view-lines')
      .first()
      .click({ position: { x: 5, y: 5 } })
  }

  /** The buttons of a cell show while the pointer is on it. */
  async hoverButtons(index) {
    await this.bringIntoView(index)
    await this.row(index).hover({ position: { x: 60, y: 30 } })
  }

  /** Waits until the cell has run for the nth time of this notebook. */
  async ranAs(index, order, timeout = 30_000) {
    await this.row(index)
      .locator('.execution-count-label', { hasText: `[${order}]` })
      .waitFor({ timeout })
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

  /** Chooses a kernel by its name. The picker shows the chosen one first, then, a level deeper or two, the others. */
  async selectKernel(name) {
    await this.kernelLabel().click()
    for (const deeper of ['Select Another Kernel', 'Pause Lab']) {
      await this.quickPickRows().first().waitFor()
      if (await this.quickPickRows().filter({ hasText: name }).first().isVisible()) break
      await this.quickPickRows().filter({ hasText: deeper }).first().click()
      await this.page.waitForTimeout(300)
    }
    await this.quickPickRows().filter({ hasText: name }).first().click()
  }

  /** Takes a colour theme by its name, and waits until what is drawn in web views has it. */
  async theme(name) {
    const entry = this.quickPickRows().filter({ hasText: name }).first()
    const input = this.page.locator('.quick-input-widget input.input')
    for (let tries = 0; tries < 40; tries += 1) {
      await this.page.keyboard.press('Control+K')
      await this.page.keyboard.press('Control+T')
      // A picker that lost the focus while it opened has closed again: the keys are pressed anew.
      const typed = await input.fill(name, { timeout: 2_000 }).then(
        () => true,
        () => false,
      )
      if (typed && (await shows(entry))) break
      await this.page.keyboard.press('Escape')
    }
    await entry.click()
    await input.waitFor({ state: 'hidden' })
    for (const frame of this.page.frames()) {
      if (frame.url().includes('fake.html')) {
        await frame.waitForFunction((theme) => document.body.dataset.vscodeThemeName === theme, name)
      }
    }
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

/** Whether it is drawn within two seconds. */
async function shows(locator) {
  return locator.waitFor({ timeout: 2_000 }).then(
    () => true,
    () => false,
  )
}
