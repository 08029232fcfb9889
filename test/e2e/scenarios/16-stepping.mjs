// Stepping through pause.c while it runs, in the course's lesson: by keys alone, by the pointer, in all kinds of theme, wide and narrow.
// The workspace is not trusted: only the simulation runs.
import assert from 'node:assert/strict'

const themes = ['Light 2026', 'Dark Modern', 'Dark High Contrast', 'Light High Contrast']

export async function run({ open, check, screenshot }) {
  const workbench = await open('?ew=true', { width: 1400, height: 900 })
  const { page, view } = workbench
  await workbench.command('Pause Lab: Open the Course')
  await workbench.quickPickRows().filter({ hasText: 'pause.c' }).first().click()
  await workbench.cellsShown()
  const figure = view.locator('.annotated-listing[data-step="pause"]')
  await figure.locator('.panes .line span').first().waitFor({ state: 'attached', timeout: 60_000 })
  await workbench.command('Pause Lab: Step Through the Notes')
  await figure.locator('.lit').first().waitFor()

  const status = figure.locator('[role="status"].process')
  /** What is shown, without what differs from run to run, once the sentence is this one. */
  const shown = async (sentence) => {
    await status.filter({ hasText: sentence }).waitFor({ timeout: 30_000 })
    return figure.evaluate((element) => ({
      sentence: element.querySelector('.process').textContent.replace(/PID \d+/, 'PID n'),
      line: Number(element.querySelector('.line.current')?.dataset.line ?? 0),
      said: element.querySelector('.said').textContent,
    }))
  }
  const lineOf = (text) =>
    figure.evaluate(
      (element, text) =>
        [...element.querySelectorAll('.line')].findIndex((line) => line.textContent.includes(text)) + 1,
      text,
    )
  /** Waits until the code has the theme's colours, which are loaded after the page has its own. */
  const changeTheme = async (name) => {
    const colour = () =>
      figure.evaluate((element) => {
        const code = element.querySelector('pre code')
        return [...code.querySelectorAll('.line span')].map((span) => getComputedStyle(span).color).join()
      })
    const before = await colour()
    await workbench.theme(name)
    for (let tries = 0; tries < 30 && (await colour()) === before; tries += 1) await page.waitForTimeout(100)
  }
  const warning = 'Warning: pause should be the first process\n'
  const sleeping = await lineOf('pause();')

  await check('by keys alone: s steps, r runs to where it sleeps', async () => {
    const first = await lineOf('getpid() != 1')
    await page.keyboard.press('s')
    assert.equal((await shown(`line ${first} in main`)).line, first)
    await page.keyboard.press('r')
    assert.deepEqual(await shown('S sleeping'), {
      sentence: `line ${sleeping} in main · PID n · S sleeping in pause() (__do_sys_pause)`,
      line: sleeping,
      said: warning,
    })
  })
  await check(
    'by keys alone: Tab reaches the signals, a letter chooses one, x sends it, s follows its handler',
    async () => {
      const focused = () =>
        figure.evaluate((element) => {
          const active = element.getRootNode().activeElement
          return active?.dataset.action ?? active?.localName
        })
      await figure.locator('button[data-action="step"]').focus()
      const seen = [await focused()]
      for (let presses = 0; presses < 5; presses += 1) {
        await page.keyboard.press('Tab')
        seen.push(await focused())
      }
      assert.deepEqual(seen, ['step', 'run', 'select', 'signal', 'restart', 'stop'])
      for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('c')
      assert.equal(await figure.locator('select').inputValue(), 'CHLD')
      await page.keyboard.press('Tab')
      await page.keyboard.press('x')
      await shown('last signal CHLD')
      await page.keyboard.press('s')
      const reap = await lineOf('waitpid(')
      assert.equal((await shown('in sigreap')).line, reap)
      await page.keyboard.press('r')
      assert.equal((await shown('S sleeping')).line, sleeping)
    },
  )
  await check('STOP shows state T, CONT lets it sleep on', async () => {
    await figure.locator('select').selectOption('STOP')
    await figure.locator('button[data-action="signal"]').click()
    assert.match((await shown('T stopped')).sentence, /· last signal STOP$/)
    await figure.locator('select').selectOption('CONT')
    await figure.locator('button[data-action="signal"]').click()
    assert.match((await shown('S sleeping')).sentence, /· last signal CONT$/)
  })
  for (const theme of themes) {
    await check(`axe finds no serious fault in ${theme}`, async () => {
      await changeTheme(theme)
      await screenshot(`${theme} wide`)
      assert.deepEqual(await workbench.axe(), [])
    })
  }
  await check('by the pointer: TERM runs the handler, which ends it with exit code 0', async () => {
    await figure.locator('select').selectOption('TERM')
    await figure.locator('button[data-action="signal"]').click()
    await shown('last signal TERM')
    await figure.locator('button[data-action="step"]').click()
    assert.equal((await shown('in sigdown')).line, await lineOf('psignal('))
    await figure.locator('button[data-action="run"]').click()
    assert.deepEqual(await shown('ended'), {
      sentence: 'ended, exit code 0 · PID n · last signal TERM',
      line: 0,
      said: `${warning}Shutting down, got signal: Terminated\n`,
    })
  })
  await check('Restart begins anew, KILL ends it at once, Stop ends it too', async () => {
    await figure.locator('button[data-action="restart"]').click()
    await shown('before the first line')
    await figure.locator('button[data-action="run"]').click()
    await shown('S sleeping')
    await figure.locator('select').selectOption('KILL')
    await figure.locator('button[data-action="signal"]').click()
    assert.match((await shown('ended by KILL')).sentence, /^ended by KILL, exit code 137 /)
    await figure.locator('button[data-action="restart"]').click()
    await shown('before the first line')
    await figure.locator('button[data-action="stop"]').click()
    assert.deepEqual(await shown('Stopped.'), { sentence: 'Stopped.', line: 0, said: '' })
  })
  await check('in a narrow window all of it has room', async () => {
    await page.setViewportSize({ width: 500, height: 900 })
    await figure.locator('button[data-action="run"]').click()
    await shown('S sleeping')
    const right = await figure.evaluate(
      (element) =>
        Math.max(...[...element.querySelectorAll('.stepping *')].map((part) => part.getBoundingClientRect().right)) -
        document.documentElement.clientWidth,
    )
    assert.ok(right <= 0, `${right} pixels too wide`)
    for (const theme of themes) {
      await changeTheme(theme)
      await screenshot(`${theme} narrow`)
    }
    assert.deepEqual(await workbench.axe(), [])
  })
}
