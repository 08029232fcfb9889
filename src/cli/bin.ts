#!/usr/bin/env node
// The program `pause-lab`. Bundled to dist/cli.js.
import manifest from '../../package.json' with { type: 'json' }
import { main } from './main.ts'
import { nodeIo } from './node-io.ts'

// Whoever reads our output may stop reading: `pause-lab run 5 | head`. That is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0)
    throw error
  })
}

process.exitCode = await main(process.argv.slice(2), nodeIo(import.meta.url, manifest.version))
