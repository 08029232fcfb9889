// The lesson of the course, all cells at once, in the simulated machine: what is equal and what is not can be seen.
import assert from 'node:assert/strict'

export async function run({ open, check, screenshot }) {
  const workbench = await open('?ew=true')
  await workbench.command('Pause Lab: Open the Course')
  await workbench.lessonChosen('Two containers, one network, and the first one dies')
  await check(
    'a recorded listing shows no capture raw: what differs is in words, equal ones have one colour',
    async () => {
      const ns = workbench.output('ns: recorded listing')
      await workbench.bringIntoView(await workbench.indexOf('ls -1al /proc/$pid1/ns'))
      const lines = await ns.locator('.line').allInnerTexts()
      assert.deepEqual(
        lines.slice(0, 3).map((line) => line.trimEnd().replaceAll('\u00a0', ' ')),
        [
          'lrwxrwxrwx 1 root root 0 ‹time› net -> net:[‹inode first›]',
          'lrwxrwxrwx 1 root root 0 ‹time› net -> net:[‹inode first›]',
          'ipc ipc:[‹inode ipc1›] ipc:[‹inode ipc2›]',
        ],
      )
      const colours = await ns
        .locator('.identity', { hasText: /first|ipc/ })
        .evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).color))
      assert.equal(colours[0], colours[1])
      assert.notEqual(colours[2], colours[3])
    },
  )
  await screenshot('recorded')
  await check('run all: every cell until docker kill has run', async () => {
    await workbench.command('Notebook: Run All')
    const last = await workbench.indexOf('docker kill alp1')
    await workbench.row(last).locator('.codicon-notebook-state-success').waitFor({ timeout: 60_000 })
  })
  await check('namespaces that are the same have one colour, others two', async () => {
    await workbench.bringIntoView(await workbench.indexOf('ls -1al /proc/$pid1/ns'))
    const colours = async (text) =>
      await workbench
        .output('ns: your run')
        .locator('.line', { hasText: text })
        .locator('.identity')
        .evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).color))
    const [mine, joined] = await colours('net net:[')
    const [own, other] = await colours('ipc ipc:[')
    assert.equal(mine, joined)
    assert.notEqual(own, other)
  })
  await check('hovering tells whose it was when the cell had run', async () => {
    const mark = workbench
      .output('ns: your run')
      .locator('.line', { hasText: 'net net:[' })
      .locator('.identity')
      .first()
    assert.match(await mark.getAttribute('title'), /^namespace \(net\) \d+: of alp1, alp2$/)
  })
  await screenshot('namespaces')
}
