// Networks: addresses, interfaces and their numbers, user-defined networks, connecting while a container runs.
import { array, assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { AddressPool, defaultSubnets, formatSubnet, parseSubnet } from '../../../src/sim/docker/ipam.ts'
import { createMachine, refusal } from './machine.ts'
import { addressOf, containerOf, interfacesOf, runDetached } from './verbs.ts'

test('a pool gives the lowest free address, in any order of giving back', () => {
  const subnet = parseSubnet('10.9.0.0/24') ?? { address: 0, prefixLength: 24 }
  assert(
    property(array(integer({ min: 0, max: 9 }), { maxLength: 60 }), (steps) => {
      const pool = new AddressPool(subnet)
      const used = new Set<number>()
      for (const step of steps) {
        if (step < 5) {
          let lowest = 1
          while (used.has(lowest)) lowest++
          used.add(lowest)
          expect(pool.allocate()).toBe(`10.9.0.${lowest}`)
        } else {
          pool.release(`10.9.0.${step}`)
          used.delete(step)
        }
      }
      expect(pool.inUse).toBe(used.size)
    }),
  )
})

test('a pool of four addresses has two to give', () => {
  const pool = new AddressPool(parseSubnet('10.0.0.0/30') ?? { address: 0, prefixLength: 30 })
  expect([pool.allocate(), pool.allocate(), pool.allocate()]).toEqual(['10.0.0.1', '10.0.0.2', undefined])
})

test('networks without a subnet of their own go from 172.17 to 172.31, and then by 192.168', () => {
  const subnets = defaultSubnets().map(formatSubnet)
  expect([subnets[0], subnets[14], subnets[15], subnets.length]).toEqual([
    '172.17.0.0/16',
    '172.31.0.0/16',
    '192.168.0.0/20',
    31,
  ])
})

test.each([
  ['20.10', ['eth0 3@4', 'eth0 5@6']],
  ['26.1', ['eth0 3@4', 'eth0 5@6']],
  ['28.5', ['eth0 2@3', 'eth0 2@5']],
] as const)('interface numbers, %s', async (version, expected) => {
  const machine = createMachine(version)
  const seen: string[] = []
  for (const name of ['one', 'two']) {
    await runDetached(machine, 'sleep 1000', { name })
    const links = containerOf(machine, name).task?.init.namespaces.net.links.values() ?? []
    for (const link of links) if (link.peer !== undefined) seen.push(`${link.name} ${link.index}@${link.peer.index}`)
  }
  expect(seen).toEqual(expected)
})

test.each([
  ['20.10', '02:42:ac:11:00:02'],
  ['26.1', '02:42:ac:11:00:02'],
] as const)('the MAC address is made from the IP address, %s', async (version, mac) => {
  const machine = createMachine(version)
  await runDetached(machine, 'sleep 1000', { name: 'web' })
  expect(containerOf(machine, 'web').endpoints.get('bridge')?.macAddress).toBe(mac)
})

test('none has lo alone, host has what the host has', async () => {
  const machine = createMachine()
  await runDetached(machine, 'sleep 1000', { name: 'nn', host: { NetworkMode: 'none' } })
  await runDetached(machine, 'sleep 1000', { name: 'hh', host: { NetworkMode: 'host' } })
  expect([interfacesOf(machine, 'nn'), interfacesOf(machine, 'hh')]).toEqual([
    ['lo 127.0.0.1'],
    ['lo 127.0.0.1', 'docker0 172.17.0.1'],
  ])
})

test('a user-defined network has the next subnet, and the default bridge can be joined besides', async () => {
  const machine = createMachine()
  await machine.client((system) => machine.engine.networkCreate(system, { Name: 'lab-net' }))
  await runDetached(machine, 'sleep 1000', { name: 'n1', host: { NetworkMode: 'lab-net' } })
  await machine.client((system) => machine.engine.networkConnect(system, 'bridge', 'n1'))
  expect(interfacesOf(machine, 'n1')).toEqual(['lo 127.0.0.1', 'eth0 172.18.0.2', 'eth1 172.17.0.2'])
})

test('an address can be asked for where the subnet was chosen', async () => {
  const machine = createMachine()
  await machine.client((system) =>
    machine.engine.networkCreate(system, { Name: 'fixed', IPAM: { Config: [{ Subnet: '10.9.0.0/24' }] } }),
  )
  await runDetached(machine, 'sleep 1000', {
    name: 'c1',
    host: { NetworkMode: 'fixed' },
    networking: { EndpointsConfig: { fixed: { IPAMConfig: { IPv4Address: '10.9.0.77' } } } },
  })
  expect(interfacesOf(machine, 'c1')).toEqual(['lo 127.0.0.1', 'eth0 10.9.0.77'])
})

test('and not on the default bridge', async () => {
  const machine = createMachine()
  const networking = { EndpointsConfig: { bridge: { IPAMConfig: { IPv4Address: '172.17.0.77' } } } }
  expect(await refusal(runDetached(machine, 'env', { networking }))).toBe(
    [
      '400 invalid config for network bridge: invalid endpoint settings:',
      '* user specified IP address is supported on user defined networks only',
      '* user specified IP address is supported only when connecting to networks with user configured subnets',
    ].join('\n'),
  )
})

test('a network with containers on it cannot be removed', async () => {
  const machine = createMachine()
  await machine.client((system) => machine.engine.networkCreate(system, { Name: 'lab-net' }))
  await runDetached(machine, 'sleep 1000', { name: 'n1', host: { NetworkMode: 'lab-net' } })
  const id = containerOf(machine, 'n1').endpoints.get('lab-net')?.id.slice(0, 12)
  expect(await refusal(machine.client((system) => machine.engine.networkRemove(system, 'lab-net')))).toBe(
    `403 error while removing network: network lab-net has active endpoints (name:"n1" id:"${id}")`,
  )
})

test('a published port is taken until its container ends', async () => {
  const machine = createMachine()
  const host = { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } }
  await runDetached(machine, 'sleep 1000', { name: 'pub', host })
  const said = await refusal(runDetached(machine, 'sleep 1000', { name: 'pub2', host }))
  await machine.client((system) => machine.engine.containerKill(system, 'pub'))
  await machine.client((system) => machine.engine.containerStart(system, 'pub2'))
  expect([said.replace(/\([0-9a-f]{64}\)/, '(ID)'), addressOf(machine, 'pub2')]).toEqual([
    '500 failed to set up container networking: driver failed programming external connectivity on endpoint pub2 (ID): Bind for 0.0.0.0:8080 failed: port is already allocated',
    '172.17.0.2',
  ])
})
