// `npm run bench`: measures and says whether each figure holds. With --json one object a line. Names select: `bench sim_`.
import { compiledLoop, compilePause } from './cc.ts'
import {
  simulatedDeployment,
  simulatedFiveThousandPods,
  simulatedListOfPods,
  simulatedThousandPods,
  simulatedThousandPodsMemory,
} from './kubernetes.ts'
import { machineMemory, machineOverhead, machineThroughput, type Measurement } from './machine.ts'
import { notebookParseRatio } from './notebook-parse.ts'
import { simulatedDockerRunAmongMany, simulatedHour } from './sim-docker.ts'
import { simulatedPipeline, simulatedPs, simulatedSleepers } from './sim-scale.ts'
import { simulatedDockerRun, simulatedEcho, simulatedLesson } from './sim.ts'

/** By name; a figure of which `least` is true must be at least its limit, all others at most. */
const benchmarks: readonly { name: string; least?: true; measure: () => Promise<Measurement> }[] = [
  { name: 'notebook_parse_ratio', measure: notebookParseRatio },
  { name: 'sim_echo_ms', measure: simulatedEcho },
  { name: 'sim_docker_run_ms', measure: simulatedDockerRun },
  { name: 'sim_docker_run_1000_ms', measure: simulatedDockerRunAmongMany },
  { name: 'sim_virtual_hour_ms', measure: simulatedHour },
  { name: 'sim_lesson_ms', measure: simulatedLesson },
  { name: 'sim_sleepers_mb', measure: simulatedSleepers },
  { name: 'sim_pipeline_ratio', measure: simulatedPipeline },
  { name: 'sim_ps_1000_ms', measure: simulatedPs },
  { name: 'sim_deployment_ms', measure: simulatedDeployment },
  { name: 'sim_pods_1000_ms', measure: simulatedThousandPods },
  { name: 'sim_pods_1000_mb', measure: simulatedThousandPodsMemory },
  { name: 'sim_pods_5000_ms', measure: simulatedFiveThousandPods },
  { name: 'sim_kubectl_get_1000_ms', measure: simulatedListOfPods },
  { name: 'cc_compile_pause_ms', measure: compilePause },
  { name: 'cc_loop_ms', measure: compiledLoop },
  { name: 'machine_overhead_ms', measure: machineOverhead },
  { name: 'machine_throughput_ratio', least: true, measure: machineThroughput },
  { name: 'machine_memory_mb', measure: machineMemory },
]

const words = process.argv.slice(2)
const json = words.includes('--json')
const selected = words.filter((word) => !word.startsWith('-'))
let allHold = true
for (const { name, least, measure } of benchmarks) {
  if (selected.length > 0 && !selected.some((word) => name.startsWith(word))) continue
  const { value, unit, limit } = await measure()
  const holds = least ? value >= limit : value <= limit
  allHold &&= holds
  const sign = least ? '≥' : '≤'
  console.log(
    json
      ? JSON.stringify({ name, value, unit, limit, holds })
      : `${holds ? 'ok  ' : 'LATE'} ${name.padEnd(26)} ${String(value).padStart(8)} ${unit} (${sign} ${limit})`,
  )
}
process.exitCode = allHold ? 0 : 1
