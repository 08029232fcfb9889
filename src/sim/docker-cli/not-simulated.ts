// Commands that docker has and the simulated machine has not: they are listed, have their help, and say so when called.
import type { Command } from './command.ts'
import type { Text } from './release.ts'

/** How many operands it takes is not checked: the answer is the same. */
function row(names: string, usage: string, summary: Text): Command {
  return { names: names.split(', '), usage, summary, operands: { least: 0 } }
}

export const notSimulatedCommands: readonly Command[] = [
  row('logout', '[SERVER]', { '20.10': 'Log out from a Docker registry', now: 'Log out from a registry' }),
  row('builder prune', '', 'Remove build cache'),
  row('context create', '[OPTIONS] CONTEXT', 'Create a context'),
  row('context export', 'CONTEXT [FILE|-]', 'Export a context to a tar archive FILE or a tar stream on STDOUT.'),
  row('context import', 'CONTEXT FILE|-', 'Import a context from a tar or zip file'),
  row('context inspect', '[OPTIONS] [CONTEXT] [CONTEXT...]', 'Display detailed information on one or more contexts'),
  row('context rm, context remove', 'CONTEXT [CONTEXT...]', 'Remove one or more contexts'),
  row('context update', '[OPTIONS] CONTEXT', 'Update a context'),
  row('context use', 'CONTEXT', 'Set the current docker context'),
  row('manifest annotate', '[OPTIONS] MANIFEST_LIST MANIFEST', 'Add additional information to a local image manifest'),
  row(
    'manifest create',
    'MANIFEST_LIST MANIFEST [MANIFEST...]',
    'Create a local manifest list for annotating and pushing to a registry',
  ),
  row('manifest inspect', '[OPTIONS] [MANIFEST_LIST] MANIFEST', 'Display an image manifest, or manifest list'),
  row('manifest push', '[OPTIONS] MANIFEST_LIST', 'Push a manifest list to a repository'),
  row('manifest rm', 'MANIFEST_LIST [MANIFEST_LIST...]', 'Delete one or more manifest lists from local storage'),
  row('plugin ls, plugin list', '[OPTIONS]', 'List plugins'),
  row('plugin install', '[OPTIONS] PLUGIN [KEY=VALUE...]', 'Install a plugin'),
  row('swarm init', '[OPTIONS]', 'Initialize a swarm'),
  row('swarm join', '[OPTIONS] HOST:PORT', 'Join a swarm as a node and/or manager'),
  row('trust inspect', 'IMAGE[:TAG] [IMAGE[:TAG]...]', 'Return low-level information about keys and signatures'),
  row('trust sign', 'IMAGE:TAG', 'Sign an image'),
]
