// `npm run fidelity`: bundles the comparison of the simulation with real engines and runs it.
//   [--diff] [--renew] [SCRIPT|ENGINE…]              against the recordings
//   --recorded [--diff] [--renew] [SUBJECT|ENGINE…]  the own scripts, against what real engines have printed
//   --real [--diff] [--everywhere|--half] [SUBJECT|ENGINE…] the same on real engines booted now, each script on one of them or
//                                                    on all; root and Debian needed
//   --record [SUBJECT|ENGINE…]                       the own scripts on real engines, recorded: those that have changed,
//                                                    or anew those that are named
//   --cluster [--diff] [--renew] [--record] [SUBJECT]  the scripts for kubectl, on the cluster of test/lab-host; with
//                                                    --recorded against what it has printed
//   --fuzz N [--seed S] [ENGINE]                     N random scripts on a real engine and in the simulation
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const args = process.argv.slice(2)
const has = (option) => args.includes(option)
// The first option that is there decides; without one it is the recordings.
const entries = [
  ['--cluster', 'cluster.ts'],
  ['--fuzz', 'fuzz.ts'],
  ['--real', 'own.ts'],
  ['--record', 'own.ts'],
  ['--recorded', 'own.ts'],
]
const entry = entries.find(([option]) => has(option))?.[1] ?? 'main.ts'
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
