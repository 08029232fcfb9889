// The course around its lessons: the tree with progress, start here, a terminal into the machine, the doctor, the walkthrough.
import assert from 'node:assert/strict'

export async function run({ open, check, screenshot }) {
  const workbench = await open('?ew=true')
  const { page } = workbench
  await workbench.ready()
  const lesson = page.locator('.pane-body .monaco-list-row', {
    hasText: 'Two containers, one network, and the first one dies',
  })

  await check('the course stands in the side bar, and a lesson opens from it', async () => {
    await page.locator('.activitybar [aria-label^="Pause Lab"]').first().click()
    assert.match(await lesson.getAttribute('aria-label'), /, not begun · 20 min/)
    await lesson.click()
    await workbench.cellsShown()
    await workbench.kernelLabel().filter({ hasText: 'Simulated machine' }).waitFor()
  })
  const target = await workbench.indexOf('docker start alp1')

  await check('start here brings a new machine to the state that the cell needs', async () => {
    await workbench.focus(target)
    await workbench.command('Pause Lab: Start Here')
    await workbench
      .row(await workbench.indexOf('ls -1al /proc/$pid2'))
      .locator('.codicon-notebook-state-success')
      .waitFor()
    await workbench.bringIntoView(target)
    assert.equal(await workbench.row(target).locator('.execution-count-label').innerText(), '[ ]')
    await workbench.run(target)
    await workbench.output('back: your run').locator('.facts', { hasText: 'as recorded' }).waitFor()
  })
  await check('progress shows in the tree', async () => {
    assert.match(await lesson.getAttribute('aria-label'), /, \d+ % done · 20 min/)
    await lesson.locator('.monaco-tl-twistie').click()
    const tasks = page.locator('.pane-body .monaco-list-row[aria-level="2"]')
    await tasks.nth(2).waitFor()
    assert.deepEqual((await tasks.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')))).slice(1), [
      'Try it: mend the network of alp2, not reached yet',
      'Try it: alp1 is made anew, not reached yet',
    ])
  })
  await screenshot('progress')

  await check(
    'a terminal into the machine: its containers are there, and what it does is seen by the cells',
    async () => {
      await workbench.focus(target)
      await workbench.command('Pause Lab: Open Terminal into the Machine')
      const input = page.locator('.terminal-wrapper.active .xterm-helper-textarea')
      await input.waitFor({ state: 'attached' })
      // What is typed before the prompt is there counts as well.
      await page.keyboard.type('whoa')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Control+U')
      await page.keyboard.type('docker ps --format {{.Names}} && docker run -d --name from-terminal alpine sleep 100')
      await page.keyboard.press('Enter')
      const ps = await workbench.indexOf('docker start alp1')
      await workbench.focus(ps)
      await page.keyboard.press('Control+A')
      await page.keyboard.type('until docker ps --format {{.Names}} | grep from-terminal; do sleep 1; done')
      await page.keyboard.press('Meta+Enter')
      await workbench.row(ps).locator('.codicon-notebook-state-success').waitFor()
      await screenshot('terminal')
      await workbench.command('View: Hide Panel')
      await workbench.bringIntoView(ps)
      await workbench
        .output('back: your run')
        .locator('.line', { hasText: /^from-terminal$/m })
        .waitFor()
    },
  )

  await check('the doctor says what can run here', async () => {
    await workbench.command('Pause Lab: Doctor')
    const report = page
      .frameLocator('iframe.webview.ready[src*="extensionId=vscode.markdown-language-features"]')
      .frameLocator('#active-frame')
    await report.locator('h1', { hasText: 'What can run on this machine' }).waitFor({ timeout: 30_000 })
    await report.locator('td', { hasText: 'GNU bash' }).waitFor()
  })
  await screenshot('doctor')

  await check('the walkthrough opens, and its first step opens the course', async () => {
    await workbench.command('View: Toggle Primary Side Bar Visibility')
    await workbench.command('Welcome: Open Walkthrough')
    await workbench.fillQuickInput('Get Started with Pause Lab')
    await page.keyboard.press('Enter')
    const steps = page.locator('.gettingStartedContainer .getting-started-step')
    await steps.first().waitFor()
    assert.equal(await steps.count(), 4)
    const picture = page
      .frameLocator('.getting-started-media iframe.webview')
      .frameLocator('#active-frame')
      .locator('svg rect')
    await picture.first().waitFor()
    await screenshot('walkthrough')
    await page.locator('.gettingStartedContainer .monaco-button', { hasText: 'Open the Course' }).first().click()
    await workbench.cellsShown()
  })
}
