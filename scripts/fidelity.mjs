// `npm run fidelity`: bundles the comparison of the simulation with real engines and runs it.
//   [--diff] [--renew] [SCRIPT|ENGINE…]              against the recordings
//   --real [--diff] [--renew] [SUBJECT|ENGINE…]      the own scripts, on real engines booted now; root and Debian needed
//   --again [--diff] [SUBJECT|ENGINE…]               the own scripts, against what the last --real printed
//   --fuzz N [--seed S] [ENGINE]                     N random scripts on a real engine and in the simulation
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const args = process.argv.slice(2)
const has = (option) => args.includes(option)
const entry = has('--fuzz') ? 'fuzz.ts' : has('--real') || has('--again') ? 'own.ts' : 'main.ts'
const outfile = `build/fidelity-${entry.replace('.ts', '.mjs')}`
await build({
  entryPoints: [`test/fidelity/${entry}`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
  // Packages that are written in CommonJS ask for Node's modules by require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
  // What is read at run time is found beside the sources.
  define: { 'import.meta.url': JSON.stringify(pathToFileURL('test/fidelity/main.ts').href) },
})
const { status } = spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit' })
process.exitCode = status ?? 1
