// What annotated listings cost in a browser: the bytes that a page loads for the usual languages in a light and a dark
// theme, and the time from the HTML of a second listing to its colours on the page, another of its language having been
// drawn; median of the turns, each in a page of its own.
// `node test/bench/listing.mjs` prints one JSON object a line; exit code 1 when a limit does not hold.
import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { findChromium } from '../e2e/editor.mjs'

const root = resolve(import.meta.dirname, '../..')
const origin = 'http://listing.test'
const turns = 7
/** The whole of pause.c, a manifest and outputs; with the others, each of the usual grammars. */
const lesson = await readFile(join(root, 'test/e2e/lessons/annotated.lab.md'), 'utf8')
const small = (language, code) => `\`\`\`${language}\n${code} # (1)\n\`\`\`\n\n1. One.\n\n`
/** Other code than the first one: about as long, with most of what C has. */
const init = `#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT 16

enum state { ALIVE = 1, ZOMBIE = 0x02 };
struct child {
  struct child *next; // (1)
  pid_t pid;
  enum state state;
};
typedef void (*reporter)(const struct child *, int);
static struct child *children = NULL;

static void report(const struct child *child, int status) {
  const char *how = WIFSIGNALED(status) ? "killed" : "ended";
  printf("%d %s with %d\\n", child->pid, how, WEXITSTATUS(status)); // (2)
}

/* Every orphan of the namespace becomes a child of process 1. */
static unsigned long reap(reporter tell) {
  unsigned long count = 0;
  int status;
  for (pid_t pid; (pid = wait(&status)) > 0; count++) {
    for (struct child *child = children; child != NULL; child = child->next) {
      if (child->pid != pid || child->state & ZOMBIE) continue;
      child->state |= ZOMBIE;
      tell(child, status);
    }
  }
  return count; // (3)
}

int main(int argc, char **argv) {
  if (argc < 2 || argc > LIMIT) {
    fprintf(stderr, "usage: %s program [argument...]\\n", argv[0]);
    return 64;
  }
  struct child *first = calloc(1, sizeof *first);
  switch (first->pid = fork()) {
  case -1:
    perror("fork");
    exit(EXIT_FAILURE);
  case 0:
    execvp(argv[1], argv + 1);
    _exit(127);
  default:
    children = first;
  }
  double ratio = (double)reap(report) / 1.5e1;
  return ratio > 0 ? 0 : '\\0'; // (4)
}`
const second = `\`\`\`c\n${init}\n\`\`\`\n\n1. One.\n2. Two.\n3. Three.\n4. Four.\n`
const others = small('sh', 'echo "$pid" | grep -v x && exit 1') + small('json', '{"Pid": [1, true]}')

const { annotatedListings, MarkdownIt } = await importSource(
  `export { annotatedListings } from './src/notebook/annotated-listing.ts'
   export { default as MarkdownIt } from 'markdown-it'`,
)
const markdown = new MarkdownIt().use(annotatedListings())
const first = markdown.render(lesson)
const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
const times = []
const loaded = new Map()
for (let turn = 0; turn < turns; turn += 1) times.push(await drawInFreshPage())
await browser.close()

const bytes = [...loaded.values()].reduce((sum, size) => sum + size, 0)
report('listing_bundle_kb', Math.round(bytes / 100) / 10, 'KB', 400)
report('listing_second_ms', Math.round(times.toSorted((a, b) => a - b)[Math.floor(turns / 2)] * 10) / 10, 'ms', 50)

/** Milliseconds of drawing the second listing. */
async function drawInFreshPage() {
  const page = await browser.newPage()
  await page.route(`${origin}/**`, async (route) => {
    const name = basename(new URL(route.request().url()).pathname)
    if (name === 'page') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' })
    return route.fulfill({ contentType: 'text/javascript', body: await load(name) })
  })
  await page.goto(`${origin}/page`)
  const time = await page.evaluate(
    async ([url, first, second, others]) => {
      const { drawListings } = await import(url)
      const draw = async (html) => {
        document.body.innerHTML = html
        await drawListings(document)
        // With this it is laid out as well.
        document.body.getBoundingClientRect()
      }
      document.body.dataset.vscodeThemeKind = 'vscode-dark'
      await draw(first)
      // Somebody reads the first one.
      await new Promise((resolve) => setTimeout(resolve, 500))
      const start = performance.now()
      await draw(second)
      const time = performance.now() - start
      document.body.dataset.vscodeThemeKind = 'vscode-light'
      await draw(first + others)
      return time
    },
    [`${origin}/listings.js`, first, markdown.render(second), markdown.render(others)],
  )
  await page.close()
  // The plugin is in this one.
  await load('notebook-listings.js')
  return time
}

async function load(name) {
  const body = await readFile(join(root, 'dist/renderers', name))
  loaded.set(name, body.length)
  return body
}

async function importSource(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'error',
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

function report(name, value, unit, limit) {
  const holds = value <= limit
  console.log(JSON.stringify({ name, value, unit, limit, holds }))
  if (!holds) process.exitCode = 1
}
