// The three patches of the API: JSON merge patch (RFC 7386), strategic merge patch, and the patch that `kubectl apply` makes.

/** JSON objects of a patch. */
export type JsonRecord = Record<string, unknown>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Lists whose items are merged by a key; all others are replaced. By the list's field name. */
const mergeKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  volumes: 'name',
  env: 'name',
  volumeMounts: 'mountPath',
  imagePullSecrets: 'name',
  hostAliases: 'ip',
  conditions: 'type',
  ownerReferences: 'uid',
}
/** Of a container's ports; a Service's are merged by `port`. */
const portKeys = ['containerPort', 'port']

/** @returns a new value; the arguments stay as they are */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch
  const result: JsonRecord = isRecord(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = mergePatch(result[key], value)
  }
  return result
}

/** As mergePatch, with lists merged by their key, `$patch: delete|replace` and `$deleteFromPrimitiveList` as documented. */
export function strategicMerge(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch
  if (patch['$patch'] === 'replace') {
    const { $patch: _, ...rest } = patch
    return rest
  }
  const result: JsonRecord = isRecord(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue
    if (value === null) delete result[key]
    else if (Array.isArray(value)) result[key] = mergeList(key, result[key], value)
    else result[key] = strategicMerge(result[key], value)
  }
  return result
}

function mergeList(field: string, target: unknown, patch: readonly unknown[]): unknown[] {
  const key = mergeKeyOf(field, patch)
  const before = Array.isArray(target) ? (target as unknown[]) : []
  if (key === undefined) return [...patch]
  const rest = [...before]
  for (const item of patch) {
    if (!isRecord(item)) continue
    const at = rest.findIndex((each) => isRecord(each) && each[key] === item[key])
    if (item['$patch'] === 'delete') {
      if (at >= 0) rest.splice(at, 1)
    } else if (at >= 0) rest[at] = strategicMerge(rest[at], item)
    else rest.push(strategicMerge({}, item))
  }
  return rest
}

export function mergeKeyOf(field: string, items: readonly unknown[]): string | undefined {
  if (field === 'ports') return portKeys.find((key) => items.every((item) => isRecord(item) && key in item))
  const key = mergeKeys[field]
  return key !== undefined && items.every((item) => isRecord(item) && key in item) ? key : undefined
}

/**
 * The strategic merge patch of `kubectl apply`: what the manifest sets, and the removal of what the last manifest set and
 * this one does not.
 * @param last the manifest that was applied before
 * @param wanted the manifest
 * @param live the object as it is
 * @returns undefined when nothing differs
 */
export function applyPatch(last: JsonRecord, wanted: JsonRecord, live: JsonRecord): JsonRecord | undefined {
  const patch: JsonRecord = {}
  for (const [key, value] of Object.entries(wanted)) {
    const difference = differenceOf(key, last[key], value, live[key])
    if (difference !== undefined) patch[key] = difference
  }
  for (const key of Object.keys(last)) if (!(key in wanted) && key in live) patch[key] = null
  return Object.keys(patch).length === 0 ? undefined : patch
}

function differenceOf(field: string, last: unknown, wanted: unknown, live: unknown): unknown {
  if (isRecord(wanted)) {
    return (
      applyPatch(isRecord(last) ? last : {}, wanted, isRecord(live) ? live : {}) ?? (isRecord(live) ? undefined : {})
    )
  }
  if (Array.isArray(wanted)) return listDifference(field, last, wanted, live)
  return wanted === live || (wanted === null && live === undefined) ? undefined : wanted
}

function listDifference(field: string, last: unknown, wanted: readonly unknown[], live: unknown): unknown {
  const key = mergeKeyOf(field, wanted)
  const liveItems = Array.isArray(live) ? (live as unknown[]) : []
  if (key === undefined) return isEqual(wanted, live) ? undefined : wanted
  const find = (items: unknown, value: unknown): JsonRecord | undefined =>
    Array.isArray(items) ? items.find((each): each is JsonRecord => isRecord(each) && each[key] === value) : undefined
  const patch: JsonRecord[] = []
  for (const item of wanted) {
    if (!isRecord(item)) continue
    const there = find(liveItems, item[key])
    if (there === undefined) patch.push(item)
    else {
      const difference = applyPatch(find(last, item[key]) ?? {}, item, there)
      if (difference !== undefined) patch.push({ ...difference, [key]: item[key] })
    }
  }
  for (const item of Array.isArray(last) ? (last as unknown[]) : []) {
    if (isRecord(item) && find(wanted, item[key]) === undefined && find(liveItems, item[key]) !== undefined) {
      patch.push({ $patch: 'delete', [key]: item[key] })
    }
  }
  return patch.length === 0 ? undefined : patch
}

/** RFC 6902, the operations that `kubectl patch --type=json` is used for. @throws Error with the server's text */
export function jsonPatch(target: unknown, operations: readonly JsonRecord[]): unknown {
  const result = structuredClone(target)
  for (const operation of operations) applyOperation(result, operation)
  return result
}

function applyOperation(root: unknown, operation: JsonRecord): void {
  const path = String(operation['path'] ?? '')
  const parts = path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = parts.pop() ?? ''
  let parent: unknown = root
  for (const part of parts) {
    parent = Array.isArray(parent) ? parent[Number(part)] : isRecord(parent) ? parent[part] : undefined
  }
  const missing = new Error(`the server rejected our request due to an error in our request`)
  if (Array.isArray(parent)) {
    const at = last === '-' ? parent.length : Number(last)
    if (operation['op'] === 'add') parent.splice(at, 0, operation['value'])
    else if (at >= parent.length) throw missing
    else if (operation['op'] === 'remove') parent.splice(at, 1)
    else parent[at] = operation['value']
  } else if (isRecord(parent)) {
    if (operation['op'] !== 'add' && !(last in parent)) throw missing
    if (operation['op'] === 'remove') delete parent[last]
    else parent[last] = operation['value']
  } else throw missing
}

export function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => isEqual(item, b[at]))
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...keys].every((key) => isEqual(a[key], b[key]))
  }
  return a === b
}
