// System calls on files: the rows of descriptors, of names and of mounts in one table.
import type { CallTable } from './call-table.ts'
import { descriptorCalls } from './sys-descriptors.ts'
import { mountCalls } from './sys-mount.ts'
import { nameCalls } from './sys-names.ts'
import type { FileCalls } from './system.ts'

export const fileCalls: CallTable<FileCalls> = { ...descriptorCalls, ...nameCalls, ...mountCalls }
