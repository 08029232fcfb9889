// `npm run bench [-- --json] [NAME…]`: bundles the benchmarks and runs them, then those that need a real editor.
import { spawnSync } from 'node:child_process'
import { build } from 'esbuild'

const outfile = 'build/bench.mjs'
await build({
  entryPoints: ['test/bench/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
})
const args = process.argv.slice(2)
const names = args.filter((word) => !word.startsWith('-'))
const run = (...command) => spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 1
const statuses = [run(outfile, ...args)]
const isWanted = (ofScript) =>
  names.length === 0 || ofScript.some((name) => names.some((word) => name.startsWith(word)))
// These need Chromium and what `npm run build` made.
if (isWanted(['listing_bundle_kb', 'listing_second_ms'])) statuses.push(run('test/bench/listing.mjs'))
// These two need Chromium and the editor that test/e2e/install.sh fetches.
const ofEditor = ['activation_ms', 'vsix_mb']
if (isWanted(ofEditor)) statuses.push(run('test/bench/activation.mjs'))
process.exitCode = Math.max(...statuses)
