// Predictions and recall questions, with the mouse and by keyboard; a check with its hints and its solution.
import assert from 'node:assert/strict'

export const options = { settings: { 'security.workspace.trust.enabled': false } }

export async function run({ open, check, screenshot }) {
  const workbench = await open()
  const { page, view } = workbench
  await workbench.openLesson('tour.lab.md')
  const count = await workbench.indexOf('n=$((n+1))')
  const quiz = (legend) => view.locator('fieldset', { has: view.locator('legend', { hasText: legend }) })
  const prediction = quiz('Predict, before you run count')

  await check('the head shows the front matter', async () => {
    await workbench.scroll(-10_000)
    const head = view.locator('pause-lab-head section')
    const text = (await head.innerText()).split('\n').filter((line) => line.trim() !== '')
    assert.deepEqual(text, [
      'Every part of the interface once, on either machine.',
      '3 minutes · needs nothing',
      'After this lesson you can:',
      'run a cell with run',
      'tell a recorded listing from a run of your own',
    ])
  })

  await check('a prediction can be made from the cell by keyboard', async () => {
    await workbench.bringIntoView(count)
    await workbench.row(count).locator('.cell-status-item', { hasText: 'Predict' }).click()
    await workbench.quickPickRows().first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    assert.match(
      await workbench.statusOf(count, /predicted/),
      /^You predicted: 2\. It can be changed until the cell runs\.$/,
    )
    await prediction.locator('input:checked').waitFor({ state: 'attached' })
    assert.equal(await prediction.locator('input:checked').getAttribute('id'), 'option-3')
  })
  await check('it can be changed in the text, before the run', async () => {
    await prediction.locator('#option-1').evaluate((input) => input.click())
    assert.match(await workbench.statusOf(count, /predicted: nothing/), /^You predicted: nothing\./)
  })
  await screenshot('predicted')

  await check('the run locks it, and the result stands beside the output', async () => {
    await workbench.run(count)
    await workbench.ranAs(count, 1)
    const note = workbench.output('count: your run').locator('.note.prediction')
    await note.waitFor()
    assert.equal(await note.locator('h4').innerText(), 'Your prediction: nothing')
    assert.match(await note.innerText(), /Right is: 1\s+An unset variable counts as 0 in arithmetic\.$/)
    await prediction.locator('input:disabled').first().waitFor({ state: 'attached' })
    assert.equal(await prediction.locator('input:not(:disabled)').count(), 0)
    assert.equal(await workbench.statusOf(count, /predicted/), 'You predicted: nothing')
  })
  await screenshot('locked')

  await check('a recall question answers at once, and once', async () => {
    const recall = quiz('Do you remember?')
    await recall.locator('#option-1').evaluate((input) => input.click())
    await recall.locator('.verdict', { hasText: 'You were right.' }).waitFor({ state: 'attached' })
    assert.equal(await recall.locator('input:not(:disabled)').count(), 0)
  })

  await check('a check that is red says what is missing', async () => {
    const red = await workbench.indexOf('test -e done.txt')
    await workbench.run(red)
    const output = workbench.output('check-done: your run')
    await output.locator('.note.check h4', { hasText: 'Not there yet' }).waitFor()
    assert.match(await output.locator('pre').first().innerText(), /There is no done\.txt yet\./)
  })
  await check('hints unfold one after the other', async () => {
    const hints = view.locator('pause-lab-hint')
    assert.deepEqual(await hints.evaluateAll((all) => all.map((hint) => hint.hidden)), [false, true])
    await hints
      .first()
      .locator('summary')
      .evaluate((summary) => summary.click())
    await view.locator('pause-lab-hint:not([hidden])').nth(1).waitFor({ state: 'attached' })
    assert.equal(await hints.nth(1).locator('summary').innerText(), 'Hint 2 of 2')
  })
  await screenshot('hints')
  await check('by keyboard from the check: the next hint, then the one after it', async () => {
    const red = await workbench.indexOf('test -e done.txt')
    await workbench.focus(red)
    assert.equal(await workbench.statusOf(red, /^Show hint/), 'Show hint 2 of 2')
    await workbench.command('Pause Lab: Show Hint')
    await view.locator('pause-lab-hint details[open]').nth(1).waitFor({ state: 'attached' })
  })
  await check('the solution is folded, goes into a cell, and does not run', async () => {
    const folded = view.locator('pause-lab-solution details')
    assert.deepEqual([await folded.count(), await folded.evaluate((details) => details.open)], [1, false])
    await workbench.focus(await workbench.indexOf('test -e done.txt'))
    await workbench.command('Pause Lab: Put Solution into a Cell')
    const put = await workbench.indexOf('touch done.txt')
    assert.equal(await workbench.row(put).locator('.execution-count-label').innerText(), '[ ]')
  })
  await screenshot('solution')
  await check('after the solution the check is green', async () => {
    await workbench.run(await workbench.indexOf('touch done.txt'))
    await workbench.run(await workbench.indexOf('test -e done.txt'))
    await workbench.output('check-done: your run').locator('.note.check h4', { hasText: 'Reached' }).waitFor()
  })
  await check('axe finds no serious fault', async () => {
    assert.deepEqual(await workbench.axe(), [])
  })
}
