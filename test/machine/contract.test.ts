// The real machine keeps the contract of a backend.
import { createMachineBackend } from '../../src/machine/backend.ts'
import { backendContract } from '../session/backend-contract.ts'

backendContract('this machine', () => Promise.resolve({ backend: createMachineBackend() }))
