// The table of kubectl's commands.
import { applyCommand, patchCommand, replaceCommand, scaleCommand } from './change.ts'
import * as cluster from './cluster-commands.ts'
import { completionCommand } from './completion.ts'
import { cpCommand } from './cp.ts'
import { debugCommand } from './debug.ts'
import { diffCommand } from './diff.ts'
import { editCommand } from './edit.ts'
import { portForwardCommand } from './port-forward.ts'
import type { Command } from './command.ts'
import {
  createCommand,
  createConfigMap,
  createDeployment,
  createNamespace,
  createSecret,
  exposeCommand,
  runCommand,
} from './create.ts'
import { createClusterIp, createJob, createLoadBalancer, createNodePort, createServiceAccount } from './create-other.ts'
import { cordonCommand, drainCommand, taintCommand, uncordonCommand } from './node.ts'
import { deleteCommand } from './delete.ts'
import { describeCommand } from './describe.ts'
import { explainCommand } from './explain.ts'
import { getCommand } from './get.ts'
import { annotateCommand, labelCommand } from './metadata.ts'
import {
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
  setImage,
  waitCommand,
} from './rollout.ts'
import { attachCommand, execCommand, logsCommand } from './streams.ts'

/** What the simulated machine has; which others kubectl has is in help.json. */
export const commands: readonly Command[] = [
  createCommand,
  exposeCommand,
  runCommand,
  explainCommand,
  getCommand,
  deleteCommand,
  scaleCommand,
  cluster.clusterInfoCommand,
  cluster.topNode,
  cluster.topPod,
  cordonCommand,
  uncordonCommand,
  drainCommand,
  taintCommand,
  createJob,
  createServiceAccount,
  createClusterIp,
  createNodePort,
  createLoadBalancer,
  describeCommand,
  logsCommand,
  attachCommand,
  execCommand,
  cluster.eventsCommand,
  portForwardCommand,
  cpCommand,
  debugCommand,
  diffCommand,
  editCommand,
  completionCommand,
  applyCommand,
  patchCommand,
  replaceCommand,
  waitCommand,
  labelCommand,
  annotateCommand,
  cluster.apiResourcesCommand,
  cluster.apiVersionsCommand,
  cluster.versionCommand,
  createDeployment,
  createNamespace,
  createConfigMap,
  createSecret,
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
  setImage,
  cluster.authCanI,
  cluster.configCurrentContext,
  cluster.configGetContexts,
  cluster.configSetContext,
  cluster.configUseContext,
  cluster.configView,
]
