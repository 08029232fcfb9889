// gcc(1) and cc(1) of the simulated machine: the compiler itself is loaded when it is first called.
import type { Main, Program, System } from '../kernel/system.ts'

interface Driver {
  readonly compileAndLink: Main
}

let driver: Promise<Driver> | undefined
let loaded: Driver | undefined

export const gcc: Main = function* gcc(system, argv, environment) {
  loaded ??= yield* load(system)
  return yield* loaded.compileAndLink(system, argv, environment)
}

function* load(system: System): Program<Driver> {
  return (yield* system.host(() => (driver ??= import('./gcc-driver.ts')))) as Driver
}
