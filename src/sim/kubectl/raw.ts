// `kubectl get --raw PATH`: what the server answers to a GET of that path, as JSON.
import { withSortedKeys, writeJson } from '../../text/json.ts'
import { ApiError } from '../kubernetes/errors.ts'
import { resources } from '../kubernetes/resources.ts'
import type { Invocation } from './invocation.ts'
import { versionInfo } from './cluster-commands.ts'

const plain: Readonly<Record<string, string>> = { '/healthz': 'ok', '/livez': 'ok', '/readyz': 'ok' }

/** @throws ApiError NotFound for what is no path of the API */
export function rawAnswer(invocation: Invocation, path: string): string {
  const { api, cluster } = invocation
  const [place = ''] = path.split('?')
  const known = plain[place]
  if (known !== undefined) return known
  if (place === '/version') return writeJson(versionInfo(cluster.parameters.version), { indent: '  ' })
  const [, group, namespace, name, more] =
    /^\/(api\/v1|apis\/[\w.]+\/v1)(?:\/namespaces\/([^/]+)(?=\/))?\/(.+?)\/?$/.exec(place) ?? []
  const [plural = '', object, ...rest] = (name ?? '').split('/')
  const version = group?.replace(/^apis?\//, '')
  const resource = resources.find(
    (each) => each.name === plural && (each.group === '' ? each.version : `${each.group}/${each.version}`) === version,
  )
  const isPlaced = resource?.namespaced === (namespace !== undefined) || object === undefined
  if (resource === undefined || !isPlaced || rest.length > 0 || more !== undefined) {
    throw new ApiError('NotFound', 'the server could not find the requested resource')
  }
  const answer =
    object === undefined
      ? {
          kind: `${resource.kind}List`,
          apiVersion: version,
          metadata: { resourceVersion: String(api.store.revision) },
          items: api.list(resource, namespace === undefined ? {} : { namespace }),
        }
      : api.get(resource, namespace ?? '', object)
  return `${writeJson(withSortedKeys(answer), { escapeHtml: true })}\n`
}
