// The course's lesson on a real docker: the question before the first run, a container of somebody else in the way, all
// cells, and nothing left afterwards.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'

function docker(...args) {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}

/** Why it is left out, where it is. */
export function needs() {
  try {
    docker('version', '--format', '{{.Server.Version}}')
  } catch {
    return 'no docker engine answers here'
  }
  return undefined
}

const containers = () => docker('ps', '--all', '--filter', 'name=alp', '--format', '{{.Names}}')

export async function run({ open, check, screenshot }) {
  const workbench = await open('?ew=true')
  const { page } = workbench
  await workbench.command('Pause Lab: Open the Course')
  await workbench.lessonChosen('Two containers, one network, and the first one dies')
  await workbench.kernelLabel().filter({ hasText: 'Simulated machine' }).waitFor()
  await workbench.selectKernel('This machine')
  const first = await workbench.indexOf('docker run -d --name alp1')
  assert.equal(containers(), '')
  const foreign = docker('run', '--detach', '--name', 'alp1', 'alpine', 'sleep', '600')

  await check('the first run asks, and says what the lesson makes', async () => {
    await workbench.run(first)
    await workbench.dialog().filter({ hasText: 'Run this lesson on your own machine?' }).waitFor()
    assert.match(
      await workbench.dialog().innerText(),
      /One cell runs now: run-alp1\.[^]*The lesson makes: container\/alp1, container\/alp2, container\/alp3\./,
    )
    await screenshot('asked')
  })
  await check("somebody else's container stays as it is, and the lesson does not start", async () => {
    await workbench.dialog().getByText('Run on This Machine').click()
    const refusal = workbench.output('run-alp1: your run on this machine').locator('.note.refusal')
    await refusal.waitFor()
    assert.equal(
      await refusal.innerText(),
      'The cell did not run\n\nThere is already a container named alp1, and no lesson made it, so it stays as it is. ' +
        'The lesson needs that name: `docker rename alp1 alp1-mine` keeps it, `docker rm -f alp1` removes it.',
    )
    assert.equal(docker('inspect', '--format', '{{.Id}} {{.State.Running}} {{.Name}}', 'alp1'), `${foreign} true /alp1`)
  })
  await screenshot('refused')
  docker('rm', '--force', foreign)

  await check('run all: every cell runs on the engine, and prints what is recorded', async () => {
    await workbench.command('Notebook: Run All')
    const last = await workbench.indexOf('docker rm -f alp1\n')
    await workbench.row(last).locator('.codicon-notebook-state-success').waitFor({ timeout: 180_000 })
    const different = workbench.view.locator('.note.listing')
    assert.deepEqual(await different.allInnerTexts(), [])
    await workbench.output('anew: your run on this machine').locator('.facts', { hasText: 'as recorded' }).waitFor()
  })
  await screenshot('all cells')
  await check('equal namespaces have one colour, and hovering tells whose they are', async () => {
    await workbench.bringIntoView(await workbench.indexOf('ls -1al /proc/$pid1/ns'))
    const marks = workbench.output('ns: your run').locator('.line', { hasText: 'net net:[' }).locator('.identity')
    const [mine, joined] = await marks.evaluateAll((all) => all.map((mark) => getComputedStyle(mark).color))
    assert.equal(mine, joined)
    assert.match(await marks.first().getAttribute('title'), /^namespace \(net\) \d+: of alp1, alp2$/)
  })
  await screenshot('namespaces')
  await check('clean up lists what lessons have left, and removes it', async () => {
    await workbench.command('Pause Lab: Clean Up What Lessons Left')
    await workbench.dialog().filter({ hasText: 'Remove what lessons have left on this machine?' }).waitFor()
    assert.match(
      await workbench.dialog().innerText(),
      /container alp2[^]*container alp1|container alp1[^]*container alp2/,
    )
    await screenshot('clean up')
    await workbench.dialog().getByText('Remove', { exact: true }).click()
    await until(() => containers() === '')
  })
  await check('a restart removes what the lesson has made', async () => {
    await workbench.run(first)
    await until(() => containers() === 'alp1')
    await workbench.command("Pause Lab: Restart the Lesson's Machine")
    await until(() => containers() === '')
  })
  await check('so does closing the lesson', async () => {
    await workbench.run(first)
    await until(() => containers() === 'alp1')
    await workbench.focus(first)
    await page.keyboard.press('Escape')
    await workbench.command('View: Close Editor')
    await until(() => containers() === '')
  })
}

async function until(holds) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (holds()) return
    await new Promise((resolve) => {
      setTimeout(resolve, 200)
    })
  }
  assert.ok(holds(), 'it does not come to hold')
}
