// The table of all commands, and of the words that group them. A new command is a file and a row here.
import { attachCommand } from './attach.ts'
import { buildCommand } from './build.ts'
import type { Command, CommandGroup } from './command.ts'
import { commitCommand } from './commit.ts'
import { contextListCommand, contextShowCommand } from './context.ts'
import { cpCommand } from './cp.ts'
import { createCommand } from './create.ts'
import { diffCommand } from './diff.ts'
import { eventsCommand } from './events.ts'
import { execCommand } from './exec.ts'
import { exportCommand } from './export.ts'
import { historyCommand } from './history.ts'
import { imagesCommand } from './images.ts'
import { importCommand } from './import.ts'
import { infoCommand } from './info.ts'
import { inspectCommand, inspectCommands } from './inspect.ts'
import { killCommand } from './kill.ts'
import { logsCommand } from './logs.ts'
import { networkConnectCommand, networkDisconnectCommand } from './network-connect.ts'
import { networkCreateCommand } from './network-create.ts'
import { networkListCommand } from './network-list.ts'
import { networkRmCommand } from './network-rm.ts'
import { notSimulatedCommands } from './not-simulated.ts'
import { pauseCommand } from './pause.ts'
import { portCommand } from './port.ts'
import { pruneCommands, systemPruneCommand } from './prune.ts'
import { psCommand } from './ps.ts'
import { pullCommand } from './pull.ts'
import { loginCommand, pushCommand, searchCommand } from './registry.ts'
import { renameCommand } from './rename.ts'
import { restartCommand } from './restart.ts'
import { rmCommand } from './rm.ts'
import { rmiCommand } from './rmi.ts'
import { runCommand } from './run.ts'
import { loadCommand, saveCommand } from './save.ts'
import { startCommand } from './start.ts'
import { statsCommand } from './stats.ts'
import { stopCommand } from './stop.ts'
import { systemDfCommand } from './system-df.ts'
import { tagCommand } from './tag.ts'
import { topCommand } from './top.ts'
import { unpauseCommand } from './unpause.ts'
import { updateCommand } from './update.ts'
import { versionCommand } from './version.ts'
import { volumeCreateCommand, volumeListCommand, volumeRmCommand } from './volume.ts'
import { waitCommand } from './wait.ts'

export const commands: readonly Command[] = [
  // Containers
  attachCommand,
  commitCommand,
  cpCommand,
  createCommand,
  diffCommand,
  execCommand,
  exportCommand,
  killCommand,
  logsCommand,
  pauseCommand,
  portCommand,
  psCommand,
  renameCommand,
  restartCommand,
  rmCommand,
  runCommand,
  startCommand,
  statsCommand,
  stopCommand,
  topCommand,
  unpauseCommand,
  updateCommand,
  waitCommand,
  // Images
  buildCommand,
  historyCommand,
  imagesCommand,
  importCommand,
  loadCommand,
  loginCommand,
  pullCommand,
  pushCommand,
  searchCommand,
  rmiCommand,
  saveCommand,
  tagCommand,
  // Networks and volumes
  networkConnectCommand,
  networkCreateCommand,
  networkDisconnectCommand,
  networkListCommand,
  networkRmCommand,
  volumeCreateCommand,
  volumeListCommand,
  volumeRmCommand,
  // All of them
  inspectCommand,
  ...inspectCommands,
  ...pruneCommands,
  // The engine and the command itself
  contextListCommand,
  contextShowCommand,
  eventsCommand,
  infoCommand,
  systemDfCommand,
  systemPruneCommand,
  versionCommand,
  ...notSimulatedCommands,
]

export const groups: readonly CommandGroup[] = [
  { name: 'builder', summary: 'Manage builds' },
  { name: 'config', summary: 'Manage Docker configs', until: '20.10' },
  { name: 'container', summary: 'Manage containers' },
  { name: 'context', summary: 'Manage contexts' },
  { name: 'image', summary: 'Manage images' },
  { name: 'manifest', summary: 'Manage Docker image manifests and manifest lists' },
  { name: 'network', summary: 'Manage networks' },
  { name: 'node', summary: 'Manage Swarm nodes', until: '20.10' },
  { name: 'plugin', summary: 'Manage plugins' },
  { name: 'secret', summary: 'Manage Docker secrets', until: '20.10' },
  { name: 'service', summary: 'Manage services', until: '20.10' },
  { name: 'stack', summary: 'Manage Docker stacks', until: '20.10' },
  { name: 'swarm', summary: 'Manage Swarm', list: 'swarm' },
  { name: 'system', summary: 'Manage Docker' },
  { name: 'trust', summary: 'Manage trust on Docker images' },
  { name: 'volume', summary: 'Manage volumes', usage: ' COMMAND' },
]
