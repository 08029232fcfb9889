// Cells in the simulation: recorded listings, streaming, exit codes, standard error, long outputs, cancel, restart.
import assert from 'node:assert/strict'

export const options = { settings: { 'security.workspace.trust.enabled': false } }

export async function run({ open, check, screenshot }) {
  const workbench = await open()
  await workbench.openLesson('tour.lab.md')
  const hello = await workbench.indexOf('echo "hello')

  await check('the recorded listing stands under its cell, and says that it is one', async () => {
    const recorded = workbench.output('hello: recorded listing')
    await recorded.waitFor()
    assert.equal((await recorded.locator('pre').innerText()).trim(), 'hello from cell 1')
    assert.equal(await workbench.row(hello).locator('.execution-count-label').innerText(), '[ ]')
  })
  await screenshot('recorded')

  await check('a run takes the place of the recorded listing', async () => {
    await workbench.run(hello)
    await workbench.ranAs(hello, 1)
    await workbench.output('hello: your run').waitFor()
    assert.equal(await workbench.output('hello: recorded listing').count(), 0)
  })

  await check('the status bar tells the exit code, also to a screen reader', async () => {
    const label = await workbench.statusOf(hello, /exit code/i)
    assert.match(label, /^Ended with exit code 0, after \d+(\.\d+)? m?s$/)
  })

  await check('colours, overwritten lines, markup as text and standard error', async () => {
    const colours = await workbench.indexOf('printf')
    await workbench.run(colours)
    await workbench.ranAs(colours, 2)
    const output = workbench.output('colours: your run')
    const lines = await output.locator('.line').allInnerTexts()
    assert.deepEqual(
      lines.map((line) => line.trimEnd()),
      [
        'red and bold, yellow, deep blue',
        'progress 99%',
        'net:[4026532400] net:[4026532401] net:[4026532400]',
        'container 3f4a9c0b1d2e and /proc/4242/ns',
        '<img src=x onerror=alert(1)>',
        'standard error\nthis went to standard error',
      ],
    )
    assert.equal(await output.locator('img').count(), 0)
  })

  await check('equal namespaces have one colour, different ones two', async () => {
    const identities = workbench.output('colours: your run').locator('.identity')
    const colours = await identities.evaluateAll((spans) =>
      spans.slice(0, 3).map((span) => getComputedStyle(span).color),
    )
    assert.equal(colours[0], colours[2])
    assert.notEqual(colours[0], colours[1])
    assert.equal(await identities.first().getAttribute('title'), 'namespace (net) 4026532400')
  })
  await screenshot('colours')

  await check('a PID has one colour in the table of ps and in a path, and hovering tells whose it is', async () => {
    const processes = await workbench.indexOf('sleep 100 &')
    await workbench.run(processes)
    await workbench.ranAs(processes, 3)
    const output = workbench.output('processes: your run')
    const inTable = output.locator('.line', { hasText: / sleep/ }).locator('.identity')
    const inPath = output.locator('.line', { hasText: '/proc/' }).locator('.identity')
    const colourOf = (mark) => mark.evaluate((span) => getComputedStyle(span).color)
    assert.equal(await inTable.innerText(), await inPath.innerText())
    assert.equal(await colourOf(inTable), await colourOf(inPath))
    await output.locator('.identity[title$=": sleep 100, on the host"]').first().waitFor()
  })
  await screenshot('processes')

  await check('a wrong exit code is an error, with both codes in words', async () => {
    const fails = await workbench.indexOf('exit_with() { return "$1"; }')
    await workbench.run(fails)
    await workbench.row(fails).locator('.codicon-notebook-state-error').waitFor()
    assert.match(await workbench.statusOf(fails, /exit code/i), /^Ended with exit code 3, expected 0, after/)
  })
  await screenshot('wrong-exit-code')

  await check('a long output is cut, says so, and opens whole in an editor', async () => {
    const long = await workbench.indexOf('for i in')
    await workbench.run(long)
    const output = workbench.output('long: your run')
    await output.locator('.omitted', { hasText: '4000 earlier lines are not shown.' }).waitFor()
    assert.equal(await output.locator('.line').count(), 1000)
    await screenshot('long')
    await output.locator('button').evaluate((button) => button.click())
    const whole = workbench.page.locator('.monaco-editor[data-uri^="pause-lab-output:"] .view-line')
    await whole.first().waitFor()
    assert.deepEqual((await whole.allInnerTexts()).slice(0, 3).toSorted(), ['1', '2', '3'])
    await screenshot('opened-whole')
    await workbench.command('View: Close Editor')
    await workbench.cellsShown()
  })

  await check('cancel ends a cell that never ends by itself', async () => {
    const slow = await workbench.indexOf('echo "it has begun"')
    await workbench.run(slow)
    await workbench.output('slow: your run').locator('.line', { hasText: 'it has begun' }).waitFor()
    await workbench.cancel(slow)
    await workbench.row(slow).locator('.codicon-notebook-state-error').waitFor()
    await workbench.output('slow: your run').locator('.facts', { hasText: 'cancelled' }).waitFor()
  })
  await screenshot('cancelled')

  await check('a restart makes a new machine, and cells count from 1', async () => {
    await workbench.command("Pause Lab: Restart the Lesson's Machine")
    const hello = await workbench.indexOf('echo "hello')
    await workbench.run(hello)
    await workbench.ranAs(hello, 1)
  })

  await check('run all runs what is ordinary, and leaves out checks, solutions and what says so', async () => {
    const fails = await workbench.indexOf('exit_with() { return "$1"; }')
    await workbench.run(fails)
    await workbench.ranAs(fails, 2)
    await workbench.command('Notebook: Run All')
    const order = async (text) => {
      const index = await workbench.indexOf(text)
      return (await workbench.row(index).locator('.execution-count-label').innerText()).trim()
    }
    await workbench.ranAs(await workbench.indexOf('for i in'), 7)
    // One that has run on this machine keeps its number; one that ran before the restart only, or never, has none.
    assert.equal(await order('exit_with() { return "$1"; }'), '[2]')
    assert.deepEqual([await order('echo "it has begun"'), await order('test -e done.txt')], ['[ ]', '[ ]'])
    const solution = workbench.view.locator('pause-lab-solution details')
    assert.deepEqual([await solution.count(), await solution.evaluate((details) => details.open)], [1, false])
  })

  await check('axe finds no serious fault', async () => {
    assert.deepEqual(await workbench.axe(), [])
  })
}
