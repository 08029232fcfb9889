// /proc/net/fib_trie: the kernel's routing table as the tree in which it looks addresses up, an LC-trie (net/ipv4/fib_trie.c).
import { addressNumber, type Link, type NetworkNamespace, networkOf } from './net.ts'

interface Alias {
  readonly prefixLength: number
  readonly scope: 'universe' | 'link' | 'host'
  readonly type: 'UNICAST' | 'LOCAL' | 'BROADCAST'
}

interface Leaf {
  readonly key: number
  readonly aliases: Alias[]
}

/** Its children are told apart by `bits` bits of the key, from bit `position` upwards. */
interface Branch {
  readonly key: number
  readonly position: number
  readonly bits: number
  readonly children: (Node | undefined)[]
}

type Node = Leaf | Branch

/** Shares of used children, in percent, above which a branch is doubled and below which it is halved. */
const inflateThreshold = 50
const halveThreshold = 25
/** How often one branch is doubled or halved at a time. */
const maxWork = 10

const isBranch = (node: Node | undefined): node is Branch => node !== undefined && 'children' in node

function branch(key: number, position: number, bits: number): Branch {
  const shift = 2 ** (position + bits)
  const start = Math.floor(key / shift) * shift
  return { key: start, position, bits, children: Array.from({ length: 2 ** bits }, () => undefined) }
}

function indexIn({ key, position }: Branch, other: number): number {
  return Math.floor((other - key) / 2 ** position)
}

function put(parent: Branch, node: Node | undefined): void {
  if (node !== undefined) parent.children[indexIn(parent, node.key)] = node
}

/** Whether a child begins to tell apart right where its parent ends. */
function isFull(parent: Branch, child: Node | undefined): boolean {
  return isBranch(child) && child.position + child.bits === parent.position
}

const emptyChildren = (node: Branch) => node.children.filter((child) => child === undefined).length
const fullChildren = (node: Branch) => node.children.filter((child) => isFull(node, child)).length

function inflate(old: Branch): Branch {
  const made = branch(old.key, old.position - 1, old.bits + 1)
  for (const child of old.children) {
    if (!isBranch(child) || !isFull(old, child)) {
      put(made, child)
      continue
    }
    if (child.bits === 1) {
      for (const below of child.children) put(made, below)
      continue
    }
    const half = 2 ** (child.bits - 1)
    const low = branch(child.key, child.position, child.bits - 1)
    const high = branch(child.key + half * 2 ** child.position, child.position, child.bits - 1)
    for (const [index, below] of child.children.entries()) put(index < half ? low : high, below)
    for (const each of [low, high]) put(made, resize(each))
  }
  return made
}

function halve(old: Branch): Branch {
  const made = branch(old.key, old.position + 1, old.bits - 1)
  for (let index = 0; index < old.children.length; index += 2) {
    const [one, other] = old.children.slice(index, index + 2)
    if (one === undefined || other === undefined) {
      put(made, one ?? other)
      continue
    }
    const pair = branch(one.key, old.position, 1)
    put(pair, one)
    put(pair, other)
    put(made, pair)
  }
  return made
}

/** Doubles, halves or takes out a branch until its size suits what is in it. */
function resize(node: Branch): Node | undefined {
  let present = node
  let work = maxWork
  while (work > 0 && present.position > 0) {
    const used = present.children.length - emptyChildren(present) + fullChildren(present)
    if (used <= 1 || 100 * used <= present.children.length * inflateThreshold) break
    present = inflate(present)
    work--
  }
  if (work !== maxWork) return present
  while (work > 0 && present.bits > 1) {
    const used = present.children.length - emptyChildren(present)
    if (used <= 1 || 100 * used >= present.children.length * halveThreshold) break
    present = halve(present)
    work--
  }
  const children = present.children.filter((child) => child !== undefined)
  return children.length < 2 ? children[0] : present
}

/** A tree with one alias more; branches on the way are resized from below upwards. */
function insert(node: Node | undefined, key: number, alias: Alias): Node | undefined {
  if (node === undefined) return { key, aliases: [alias] }
  if (!isBranch(node) && node.key === key) {
    node.aliases.push(alias)
    return node
  }
  const end = isBranch(node) ? node.position + node.bits : 0
  const differs = Math.floor(key / 2 ** end) !== Math.floor(node.key / 2 ** end)
  if (!isBranch(node) || differs) {
    const made = branch(key, highestBit((key ^ node.key) >>> 0), 1)
    put(made, node)
    put(made, { key, aliases: [alias] })
    return resize(made)
  }
  const index = indexIn(node, key)
  node.children[index] = insert(node.children[index], key, alias)
  return resize(node)
}

function highestBit(number: number): number {
  return 31 - Math.clz32(number)
}

/** What the kernel puts in its tables for an address of a link that is up, fib_add_ifaddr(). */
function addressEntries(link: Link): [string, Alias][] {
  return link.addresses.flatMap(({ family, address, prefixLength }): [string, Alias][] => {
    if (family !== 'inet') return []
    const network = networkOf(address, prefixLength)
    const own: [string, Alias] = [address, { prefixLength: 32, scope: 'host', type: 'LOCAL' }]
    if (prefixLength === 32) return [own]
    const last = addressNumber(network) + 2 ** (32 - prefixLength) - 1
    const broadcast: [string, Alias] = [dotted(last), { prefixLength: 32, scope: 'link', type: 'BROADCAST' }]
    const isLoopback = link.kind === 'loopback'
    return [
      own,
      [network, { prefixLength, scope: isLoopback ? 'host' : 'link', type: isLoopback ? 'LOCAL' : 'UNICAST' }],
      ...(prefixLength < 31 ? [broadcast] : []),
    ]
  })
}

function dotted(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}

export function fibTrieText(namespace: NetworkNamespace): string {
  const entries = [...namespace.links.values()].filter(({ up }) => up).flatMap(addressEntries)
  for (const { destination, prefixLength, gateway, protocol } of namespace.routes) {
    if (protocol === 'kernel') continue
    entries.push([destination, { prefixLength, scope: gateway === undefined ? 'link' : 'universe', type: 'UNICAST' }])
  }
  let root: Node | undefined
  for (const [address, alias] of entries) root = insert(root, addressNumber(address), alias)
  if (root === undefined) return ''
  const tree = nodeText(root, 0)
  return `Main:\n${tree}Local:\n${tree}`
}

function nodeText(node: Node, depth: number): string {
  const indent = '   '.repeat(depth)
  if (!isBranch(node)) {
    const aliases = node.aliases.toSorted((a, b) => b.prefixLength - a.prefixLength)
    const lines = aliases.map(({ prefixLength, scope, type }) => `${indent}     /${prefixLength} ${scope} ${type}\n`)
    return `${indent}  |-- ${dotted(node.key)}\n${lines.join('')}`
  }
  const { key, position, bits, children } = node
  const head = `${indent}  +-- ${dotted(key)}/${32 - position - bits} ${bits} ${fullChildren(node)} ${emptyChildren(node)}\n`
  return head + children.map((child) => (child === undefined ? '' : nodeText(child, depth + 1))).join('')
}
