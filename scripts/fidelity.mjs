// `npm run fidelity [-- --diff] [SCRIPT|ENGINE…]`: bundles the replay of the recordings and runs it.
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const outfile = 'build/fidelity.mjs'
await build({
  entryPoints: ['test/fidelity/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
  // The recordings are found beside the sources.
  define: { 'import.meta.url': JSON.stringify(pathToFileURL('test/fidelity/main.ts').href) },
})
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
