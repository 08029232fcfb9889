// Bundles what is published: the command line, the extension and its renderers. `npm run build`, about a second.
// Entries whose source is not there are skipped, so that each part builds without the others.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { licencesOf } from './licences.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

/** Options that all bundles share. */
const shared = {
  bundle: true,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: root,
  sourcemap: process.argv.includes('--sourcemap') ? 'linked' : false,
}

// Libraries written for CommonJS ask for `require` even inside an ES module.
const requireInModule =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);"

const bundles = [
  {
    entries: { cli: 'src/cli/bin.ts' },
    // With splitting, what is imported on demand (the text tools, a backend) is a file of its own, not parsed at start.
    options: {
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      splitting: true,
      chunkNames: 'cli-[name]-[hash]',
      banner: { js: requireInModule },
    },
  },
  {
    // What the extension imports on demand is a bundle of its own: VS Code waits for the first one alone.
    entries: {
      extension: 'extension/extension.ts',
      lesson: 'extension/lesson.ts',
      machine: 'extension/machine.ts',
      sim: 'extension/sim.ts',
      'text-tools-library': 'src/sim/programs/text-tools-library.ts',
    },
    options: {
      format: 'cjs',
      platform: 'node',
      target: 'node20.19',
      external: ['vscode'],
      outExtension: { '.js': '.cjs' },
      plugins: [onDemand(['lesson', 'machine', 'sim', 'text-tools-library'])],
    },
  },
  {
    // With splitting, what a page needs only for some lessons (listings, their grammars and themes) is loaded with them.
    entries: { ...rendererEntries(), 'renderers/listings': 'extension/renderers/listings.ts' },
    options: {
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      splitting: true,
      chunkNames: 'renderers/[name]-[hash]',
    },
  },
  {
    // VS Code's markdown preview runs this as a plain script, which may import modules but be none.
    entries: { 'renderers/preview': 'extension/renderers/preview.ts' },
    options: {
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      plugins: [onDemand(['listings'], '.js')],
    },
  },
]

// All is built before anything is written: a build that fails leaves what was there.
const built = await Promise.all(
  bundles.map(async ({ entries, options }) => {
    const present = Object.entries(entries).filter(([, source]) => isPresent(source))
    if (present.length === 0) return { outputFiles: [], metafile: { inputs: {}, outputs: {} } }
    const entryPoints = Object.fromEntries(present)
    return await build({ ...shared, ...options, entryPoints, outdir: dist, write: false, metafile: true })
  }),
)
const licences = licencesOf(
  root,
  built.map(({ metafile }) => metafile),
)
const files = [
  ...built.flatMap(({ outputFiles }) => outputFiles),
  { path: join(dist, 'THIRD-PARTY-LICENCES.txt'), contents: licences },
]
for (const { path, contents } of files) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
}
if (existsSync(join(dist, 'cli.js'))) chmodSync(join(dist, 'cli.js'), 0o755)
const current = new Set(files.map(({ path }) => path))
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name)
  if (entry.isFile() && !current.has(path)) rmSync(path)
}

/** One bundle for each `dist/renderers/NAME.js` that the manifest contributes, from `extension/renderers/NAME.ts(x)`. */
function rendererEntries() {
  const manifest = JSON.stringify(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).contributes ?? {})
  const names = new Set([...manifest.matchAll(/dist\/renderers\/([\w-]+)\.js/g)].map((match) => match[1]))
  names.delete('preview')
  const sourceOf = (name) => ['.ts', '.tsx'].map((end) => `extension/renderers/${name}${end}`).find(isPresent)
  return Object.fromEntries(
    [...names].map((name) => [`renderers/${name}`, sourceOf(name)]).filter(([, source]) => source),
  )
}

/** Leaves `import('./NAME.ts')` as it is, but of the bundle `NAME.cjs`, or `.js`, beside the importing one. */
function onDemand(names, extension = '.cjs') {
  return {
    name: 'on-demand',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^\\./(${names.join('|')})\\.ts$`) }, ({ kind, path }) =>
        kind === 'dynamic-import' ? { path: path.replace(/\.ts$/, extension), external: true } : undefined,
      )
    },
  }
}

function isPresent(source) {
  return existsSync(join(root, source))
}
