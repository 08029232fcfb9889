// `npm run bench [-- --json] [NAME…]`: bundles the benchmarks and runs them; the editor's figures come from the e2e driver.
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
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
