// The simulated machine keeps the contract of a backend.
import { createSimulatedBackend } from '../../src/sim/backend.ts'
import { backendContract } from '../session/backend-contract.ts'

backendContract('the simulated machine', () => Promise.resolve({ backend: createSimulatedBackend() }))
