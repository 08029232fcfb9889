// The machine that runs a linked program: registers, call stack and memory of one process, and the loop over its code.
// All of its state is data, so that `fork` copies it anywhere. What sleeps or makes system calls happens in `run.ts`.
import { instructionWords, type Value } from './bytecode.ts'
import { ftoi32, readBits, signatureFits, truncated } from './conversions.ts'
import * as integers from './integers.ts'
import type { LibraryState } from './library/state.ts'
import type { AsyncNative, Native } from './library/native.ts'
import { signatureNumber } from './link.ts'
import { Fault, type Memory } from './memory.ts'
import { type LinkedFunction, type LinkedProgram, textStart, textStep } from './program.ts'

/** Top of the stack, and how far it may grow down (RLIMIT_STACK). */
export const stackTop = 0x7fff_f000
export const stackSize = 8 * 1024 * 1024

const segmentationFault = 11
const floatingPointException = 8
/** Bytes of a frame besides its objects: return address, saved registers. */
const frameOverhead = 48
/** Words of a call on the call stack: where to return to, and the caller's state. */
const callWords = 5
const toMarker = -1

/** Why `execute` came back. */
export type Stop = 'slice' | 'native' | 'returned' | 'fault'

/** A call of a library function that may sleep, under way. */
export interface PendingNative {
  readonly native: AsyncNative
  readonly name: string
  readonly arguments: readonly Value[]
  /** Register of its result, in the registers of the whole machine. */
  readonly result: number
}

/** A call from outside the program's own code: a signal handler, a function of atexit, a comparison of qsort. */
export interface Marker {
  readonly kind: 'start' | 'handler' | 'exit' | 'callback'
  /** What was under way in the code that it interrupted. */
  readonly pending: PendingNative | undefined
  /** Length of the call stack below it. */
  readonly depth: number
  /** For `handler`: whether the interrupted call begins anew. */
  readonly restart?: boolean
}

interface LoadedFunction extends LinkedFunction {
  readonly signature: number
  readonly parameterCount: number
}

/** Called before each line of source that is about to run, when somebody steps; `file` is as given to gcc. */
export type LineHook = (file: string, line: number, functionName: string) => void

export class Machine {
  readonly program: LinkedProgram
  readonly functions: readonly LoadedFunction[]
  readonly natives: readonly Native[]
  readonly memory: Memory
  readonly library: LibraryState
  readonly registers: Value[] = []
  readonly calls: number[] = []
  readonly markers: Marker[] = []
  pc = 0
  /** First register of the function that runs. */
  frameRegister = 0
  /** Lowest address of its objects in memory. */
  frameAddress = stackTop
  functionNumber = -1
  pending: PendingNative | undefined
  returned: Value = 0
  fault: Fault | undefined
  /** Instructions left of the slice. */
  budget = 0
  lineHook: LineHook | undefined

  constructor(program: LinkedProgram, natives: readonly Native[], memory: Memory, library: LibraryState) {
    this.program = program
    this.natives = natives
    this.memory = memory
    this.library = library
    this.functions = program.functions.map((each) => ({
      ...each,
      signature: signatureNumber(each.parameters),
      parameterCount: each.parameters.length,
    }))
  }

  /** A copy at the same point: for fork. With `shareMemory` both see one memory, vfork(2). */
  clone(shareMemory = false): Machine {
    const memory = shareMemory ? this.memory : this.memory.fork()
    const copy = new Machine(this.program, this.natives, memory, this.library.clone(memory))
    for (const value of this.registers) copy.registers.push(value)
    for (const word of this.calls) copy.calls.push(word)
    copy.markers.push(...this.markers)
    copy.pc = this.pc
    copy.frameRegister = this.frameRegister
    copy.frameAddress = this.frameAddress
    copy.functionNumber = this.functionNumber
    copy.pending = this.pending
    return copy
  }

  /** The number of the function at an address, native ones after those of the program; undefined when none is there. */
  functionAt(address: Value): number | undefined {
    const number = (Number(address) - textStart) / textStep
    const count = this.functions.length + this.natives.length
    return Number.isInteger(number) && number >= 0 && number < count ? number : undefined
  }

  /** Where the program stands: for messages and for stepping. */
  position(): { file: string; line: number; functionName: string } | undefined {
    const each = this.functions[this.functionNumber]
    if (each === undefined) return undefined
    let line = 0
    for (let index = 0; index < each.lines.length; index += 2) {
      if ((each.lines[index] ?? 0) > this.pc) break
      line = each.lines[index + 1] ?? 0
    }
    return { file: each.file, line, functionName: each.name }
  }

  /**
   * Begins a call from outside; `execute` stops as `returned` when it is done.
   * Precondition: `number` is a function of the program's own.
   * @param stackBytes how much of the stack is left out below the frame of what it interrupts
   */
  enter(number: number, values: readonly Value[], marker: Omit<Marker, 'pending' | 'depth'>, stackBytes: number): void {
    const each = this.functions[number]
    if (each === undefined) throw new Fault(segmentationFault, 1, textStart + textStep * number)
    const caller = this.functions[this.functionNumber]
    const base = this.frameRegister + (caller === undefined ? 0 : caller.registers)
    this.markers.push({ ...marker, pending: this.pending, depth: this.calls.length })
    this.pending = undefined
    this.calls.push(toMarker, this.frameRegister, this.frameAddress, this.functionNumber, this.pc)
    // Bytes below the stack pointer belong to the interrupted function (the ABI's red zone), or to the signal's frame.
    this.frameAddress -= stackBytes
    while (this.registers.length < base + values.length) this.registers.push(0)
    for (const [index, value] of values.entries()) this.registers[base + index] = value
    this.#begin(each, number, base)
  }

  /** Frame, constants and cleared locals of a function whose arguments are in place. */
  #begin(each: LoadedFunction, number: number, base: number): void {
    const registers = this.registers
    while (registers.length < base + each.registers + 8) registers.push(0)
    for (let index = each.parameterCount; index < each.locals; index++) registers[base + index] = 0
    for (let index = 0; index < each.constantRegisters; index++) {
      registers[base + each.constantBase + index] = each.constants[index] ?? 0
    }
    this.frameAddress = (this.frameAddress - each.frame - frameOverhead) & -16
    this.frameRegister = base
    this.functionNumber = number
    this.pc = each.entry
  }

  /** Leaves a call from outside before it has returned: longjmp out of a handler, or its end. */
  leaveMarker(): void {
    const marker = this.markers.pop()
    if (marker === undefined) return
    this.pending = marker.pending
    this.calls.length = marker.depth
  }

  /** The library function that was under way has its result. */
  finishPending(value: Value | undefined): void {
    const pending = this.pending
    if (pending === undefined) return
    this.registers[pending.result] = value ?? 0
    this.pending = undefined
    this.pc += instructionWords
  }

  /** Runs at most `budget` instructions. */
  execute(budget: number): Stop {
    this.budget = budget
    if (this.lineHook !== undefined) return this.#step()
    return this.#run()
  }

  /** As `execute`, stopping at each new line for the hook. */
  #step(): Stop {
    const wanted = this.budget
    let last = ''
    for (let count = 0; count < wanted; count++) {
      const place = this.position()
      const key = `${place?.functionName} ${place?.line}`
      if (place !== undefined && key !== last) {
        last = key
        this.lineHook?.(place.file, place.line, place.functionName)
      }
      this.budget = 1
      const stop = this.#run()
      if (stop !== 'slice') return stop
    }
    return 'slice'
  }

  /** Calls a function by its number with arguments from register `base` on. Gives false when `execute` must stop. */
  #call(number: number, base: number, result: number): Stop | undefined {
    const each = this.functions[number]
    if (each === undefined) return this.#callNative(number - this.functions.length, base, result)
    if (this.frameAddress - each.frame - frameOverhead < stackTop - stackSize) {
      throw new Fault(segmentationFault, 1, this.frameAddress - each.frame - frameOverhead)
    }
    this.calls.push(this.pc + instructionWords, this.frameRegister, this.frameAddress, this.functionNumber, result)
    this.#begin(each, number, base)
    return undefined
  }

  #callNative(index: number, base: number, result: number): Stop | undefined {
    const native = this.natives[index]
    if (native === undefined) throw new Fault(segmentationFault, 1, 0)
    const r = this.registers
    while (r.length < base + 8) r.push(0)
    if (native.kind === 'sync') {
      const value = native.run(
        this,
        r[base] ?? 0,
        r[base + 1] ?? 0,
        r[base + 2] ?? 0,
        r[base + 3] ?? 0,
        r[base + 4] ?? 0,
        r[base + 5] ?? 0,
      )
      r[result] = value ?? 0
      this.pc += instructionWords
      return undefined
    }
    this.pending = {
      native,
      name: this.program.natives[index] ?? '',
      arguments: r.slice(base, base + 8),
      result,
    }
    return 'native'
  }

  /** A call through a pointer: what it leads to may take other arguments than were given. */
  #callPointer(address: Value, signature: number, base: number, result: number): Stop | undefined {
    const number = this.functionAt(address)
    if (number === undefined) throw new Fault(segmentationFault, 1, address)
    const each = this.functions[number]
    if (each !== undefined && each.signature !== signature) {
      while (this.registers.length < base + 8) this.registers.push(0)
      signatureFits(this.registers, base, signature, each.parameters)
    }
    return this.#call(number, base, result)
  }

  /** The loop. Operations have the numbers of `operations` in bytecode.ts; a test holds the two together. */
  #run(): Stop {
    const { memory, registers: r } = this
    const code = this.program.code
    let budget = this.budget
    let pc = this.pc
    let fp = this.frameRegister
    try {
      while (budget-- > 0) {
        const a = fp + (code[pc + 1] as number)
        const b = code[pc + 2] as number
        const c = code[pc + 3] as number
        switch (code[pc]) {
          case 0: // nop
            break
          case 1: // mov
            r[a] = r[fp + b] as Value
            break
          case 2: // constant
            r[a] = this.functions[this.functionNumber]?.constants[b] ?? 0
            break
          case 3: // frame
            r[a] = this.frameAddress + b
            break
          case 4: // add32
            r[a] = ((r[fp + b] as number) + (r[fp + c] as number)) | 0
            break
          case 5: // addu32
            r[a] = ((r[fp + b] as number) + (r[fp + c] as number)) >>> 0
            break
          case 6: // sub32
            r[a] = ((r[fp + b] as number) - (r[fp + c] as number)) | 0
            break
          case 7: // subu32
            r[a] = ((r[fp + b] as number) - (r[fp + c] as number)) >>> 0
            break
          case 8: // mul32
            r[a] = Math.imul(r[fp + b] as number, r[fp + c] as number)
            break
          case 9: // mulu32
            r[a] = Math.imul(r[fp + b] as number, r[fp + c] as number) >>> 0
            break
          case 10: // div32
            r[a] = divide32(r[fp + b] as number, r[fp + c] as number)
            break
          case 11: // divu32
            if (r[fp + c] === 0) throw divisionByZero()
            r[a] = ((r[fp + b] as number) / (r[fp + c] as number)) >>> 0
            break
          case 12: // mod32
            divide32(r[fp + b] as number, r[fp + c] as number)
            r[a] = ((r[fp + b] as number) % (r[fp + c] as number)) | 0
            break
          case 13: // modu32
            if (r[fp + c] === 0) throw divisionByZero()
            r[a] = ((r[fp + b] as number) % (r[fp + c] as number)) >>> 0
            break
          case 14: // and32
            r[a] = (r[fp + b] as number) & (r[fp + c] as number)
            break
          case 15: // andu32
            r[a] = ((r[fp + b] as number) & (r[fp + c] as number)) >>> 0
            break
          case 16: // or32
            r[a] = (r[fp + b] as number) | (r[fp + c] as number)
            break
          case 17: // oru32
            r[a] = ((r[fp + b] as number) | (r[fp + c] as number)) >>> 0
            break
          case 18: // xor32
            r[a] = (r[fp + b] as number) ^ (r[fp + c] as number)
            break
          case 19: // xoru32
            r[a] = ((r[fp + b] as number) ^ (r[fp + c] as number)) >>> 0
            break
          case 20: // shl32
            r[a] = (r[fp + b] as number) << Number(r[fp + c])
            break
          case 21: // shlu32
            r[a] = ((r[fp + b] as number) << Number(r[fp + c])) >>> 0
            break
          case 22: // shr32
            r[a] = (r[fp + b] as number) >> Number(r[fp + c])
            break
          case 23: // shru32
            r[a] = (r[fp + b] as number) >>> Number(r[fp + c])
            break
          case 24: // add64
            r[a] = integers.add(r[fp + b] as Value, r[fp + c] as Value, true)
            break
          case 25: // addu64
            r[a] = integers.add(r[fp + b] as Value, r[fp + c] as Value, false)
            break
          case 26: // sub64
            r[a] = integers.subtract(r[fp + b] as Value, r[fp + c] as Value, true)
            break
          case 27: // subu64
            r[a] = integers.subtract(r[fp + b] as Value, r[fp + c] as Value, false)
            break
          case 28: // mul64
            r[a] = integers.multiply(r[fp + b] as Value, r[fp + c] as Value, true)
            break
          case 29: // mulu64
            r[a] = integers.multiply(r[fp + b] as Value, r[fp + c] as Value, false)
            break
          case 30: // div64
            checkDivision(r[fp + b] as Value, r[fp + c] as Value)
            r[a] = integers.divide(r[fp + b] as Value, r[fp + c] as Value, true)
            break
          case 31: // divu64
            if (r[fp + c] === 0) throw divisionByZero()
            r[a] = integers.divide(r[fp + b] as Value, r[fp + c] as Value, false)
            break
          case 32: // mod64
            checkDivision(r[fp + b] as Value, r[fp + c] as Value)
            r[a] = integers.remainder(r[fp + b] as Value, r[fp + c] as Value, true)
            break
          case 33: // modu64
            if (r[fp + c] === 0) throw divisionByZero()
            r[a] = integers.remainder(r[fp + b] as Value, r[fp + c] as Value, false)
            break
          case 34: // and64
            r[a] = integers.and(r[fp + b] as Value, r[fp + c] as Value, true)
            break
          case 35: // andu64
            r[a] = integers.and(r[fp + b] as Value, r[fp + c] as Value, false)
            break
          case 36: // or64
            r[a] = integers.or(r[fp + b] as Value, r[fp + c] as Value, true)
            break
          case 37: // oru64
            r[a] = integers.or(r[fp + b] as Value, r[fp + c] as Value, false)
            break
          case 38: // xor64
            r[a] = integers.xor(r[fp + b] as Value, r[fp + c] as Value, true)
            break
          case 39: // xoru64
            r[a] = integers.xor(r[fp + b] as Value, r[fp + c] as Value, false)
            break
          case 40: // shl64
            r[a] = integers.shiftLeft(r[fp + b] as Value, r[fp + c] as Value, true)
            break
          case 41: // shlu64
            r[a] = integers.shiftLeft(r[fp + b] as Value, r[fp + c] as Value, false)
            break
          case 42: // shr64
            r[a] = integers.shiftRight(r[fp + b] as Value, r[fp + c] as Value, true)
            break
          case 43: // shru64
            r[a] = integers.shiftRight(r[fp + b] as Value, r[fp + c] as Value, false)
            break
          case 44: // addf
            r[a] = (r[fp + b] as number) + (r[fp + c] as number)
            break
          case 45: // subf
            r[a] = (r[fp + b] as number) - (r[fp + c] as number)
            break
          case 46: // mulf
            r[a] = (r[fp + b] as number) * (r[fp + c] as number)
            break
          case 47: // divf
            r[a] = (r[fp + b] as number) / (r[fp + c] as number)
            break
          case 48: // negf
            r[a] = -(r[fp + b] as number)
            break
          case 49: // round32
            r[a] = Math.fround(r[fp + b] as number)
            break
          case 50: // lognot
            r[a] = r[fp + b] === 0 ? 1 : 0
            break
          case 51: // lt
            r[a] = (r[fp + b] as Value) < (r[fp + c] as Value) ? 1 : 0
            break
          case 52: // le
            r[a] = (r[fp + b] as Value) <= (r[fp + c] as Value) ? 1 : 0
            break
          case 53: // eq
            r[a] = r[fp + b] === r[fp + c] ? 1 : 0
            break
          case 54: // ne
            r[a] = r[fp + b] !== r[fp + c] ? 1 : 0
            break
          case 55: // to8
            r[a] = (integers.low32(r[fp + b] as Value) << 24) >> 24
            break
          case 56: // tou8
            r[a] = integers.low32(r[fp + b] as Value) & 0xff
            break
          case 57: // to16
            r[a] = (integers.low32(r[fp + b] as Value) << 16) >> 16
            break
          case 58: // tou16
            r[a] = integers.low32(r[fp + b] as Value) & 0xffff
            break
          case 59: // to32
            r[a] = integers.low32(r[fp + b] as Value)
            break
          case 60: // tou32
            r[a] = integers.low32(r[fp + b] as Value) >>> 0
            break
          case 61: // to64
            r[a] = integers.toSigned64(r[fp + b] as Value)
            break
          case 62: // tou64
            r[a] = integers.toUnsigned64(r[fp + b] as Value)
            break
          case 63: // tobool
            r[a] = r[fp + b] !== 0 ? 1 : 0
            break
          case 64: // tofloat
            r[a] = Number(r[fp + b])
            break
          case 65: // ftoi32
            r[a] = ftoi32(r[fp + b] as number)
            break
          case 66: // ftoi64
            r[a] = integers.floatToSigned64(r[fp + b] as number)
            break
          case 67: // ftou64
            r[a] = integers.floatToUnsigned64(r[fp + b] as number)
            break
          case 68: // load8
            r[a] = memory.load8(offset(r[fp + b] as Value, c))
            break
          case 69: // loadu8
            r[a] = memory.loadu8(offset(r[fp + b] as Value, c))
            break
          case 70: // load16
            r[a] = memory.load16(offset(r[fp + b] as Value, c))
            break
          case 71: // loadu16
            r[a] = memory.load16(offset(r[fp + b] as Value, c)) & 0xffff
            break
          case 72: // load32
            r[a] = memory.load32(offset(r[fp + b] as Value, c))
            break
          case 73: // loadu32
            r[a] = memory.load32(offset(r[fp + b] as Value, c)) >>> 0
            break
          case 74: // load64
            r[a] = memory.load64(offset(r[fp + b] as Value, c))
            break
          case 75: // loadu64
            r[a] = memory.loadu64(offset(r[fp + b] as Value, c))
            break
          case 76: // loadf32
            r[a] = memory.loadf32(offset(r[fp + b] as Value, c))
            break
          case 77: // loadf64
            r[a] = memory.loadf64(offset(r[fp + b] as Value, c))
            break
          case 78: // store8
            memory.store8(offset(r[fp + b] as Value, c), r[a] as number)
            break
          case 79: // store16
            memory.store16(offset(r[fp + b] as Value, c), r[a] as number)
            break
          case 80: // store32
            memory.store32(offset(r[fp + b] as Value, c), r[a] as number)
            break
          case 81: // store64
            memory.store64(offset(r[fp + b] as Value, c), r[a] as Value)
            break
          case 82: // storef32
            memory.storef32(offset(r[fp + b] as Value, c), r[a] as number)
            break
          case 83: // storef64
            memory.storef64(offset(r[fp + b] as Value, c), r[a] as number)
            break
          case 84: // copy
            if (c > 0) memory.write(r[a] as Value, memory.read(r[fp + b] as Value, c))
            break
          case 85: // zero
            memory.fill(r[a] as Value, 0, b)
            break
          case 86: // bitget
            r[a] = readBits(r[fp + b] as Value, c)
            break
          case 87: // bitset
            r[a] = integers.setBits(r[a] as Value, truncated(r[fp + b] as Value), c)
            break
          case 88: // jump
            pc = code[pc + 1] as number
            continue
          case 89: // jz
            if (r[a] === 0) {
              pc = b
              continue
            }
            break
          case 90: // jnz
            if (r[a] !== 0) {
              pc = b
              continue
            }
            break
          case 91: // jlt
            if ((r[a] as Value) < (r[fp + b] as Value)) {
              pc = c
              continue
            }
            break
          case 92: // jnlt
            if (!((r[a] as Value) < (r[fp + b] as Value))) {
              pc = c
              continue
            }
            break
          case 93: // jle
            if ((r[a] as Value) <= (r[fp + b] as Value)) {
              pc = c
              continue
            }
            break
          case 94: // jnle
            if (!((r[a] as Value) <= (r[fp + b] as Value))) {
              pc = c
              continue
            }
            break
          case 95: // jeq
            if (r[a] === r[fp + b]) {
              pc = c
              continue
            }
            break
          case 96: // jne
            if (r[a] !== r[fp + b]) {
              pc = c
              continue
            }
            break
          case 97: // call
          case 98: // callptr
          case 101: {
            // callnative
            this.pc = pc
            this.frameRegister = fp
            this.budget = budget
            const operation = code[pc] as number
            let stop: Stop | undefined
            if (operation === 97) stop = this.#call(b, fp + c, a)
            else if (operation === 101) stop = this.#callNative(b, fp + c, a)
            else {
              const signature = this.functions[this.functionNumber]?.constants[code[pc + 5] as number]
              stop = this.#callPointer(r[fp + b] as Value, signature as number, fp + c, a)
            }
            if (stop !== undefined) return stop
            pc = this.pc
            fp = this.frameRegister
            continue
          }
          case 99: // signature
            break
          case 100: {
            // ret
            const { calls } = this
            const value = r[a] as Value
            const top = calls.length - callWords
            const returnTo = calls[top] as number
            fp = calls[top + 1] as number
            this.frameAddress = calls[top + 2] as number
            this.functionNumber = calls[top + 3] as number
            const result = calls[top + 4] as number
            calls.length = top
            if (returnTo === toMarker) {
              this.frameRegister = fp
              this.pc = result
              this.returned = value
              return 'returned'
            }
            r[result] = value
            pc = returnTo
            continue
          }
          case 102: // index
            break
          case 103: // addi32
            r[a] = ((r[fp + b] as number) + c) | 0
            break
          case 104: // addi64
            r[a] = integers.add(r[fp + b] as Value, c, false)
            break
          default:
            throw new Fault(4, 0, pc)
        }
        pc += instructionWords
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      this.fault = error
      this.pc = pc
      this.frameRegister = fp
      return 'fault'
    }
    this.pc = pc
    this.frameRegister = fp
    return 'slice'
  }
}

function offset(address: Value, by: number): Value {
  return typeof address === 'number' ? address + by : address
}

function divisionByZero(): Fault {
  return new Fault(floatingPointException, 1, 0)
}

function divide32(a: number, b: number): number {
  if (b === 0 || (b === -1 && a === -2_147_483_648)) throw divisionByZero()
  return (a / b) | 0
}

function checkDivision(a: Value, b: Value): void {
  if (b === 0 || (b === -1 && a === -(2n ** 63n))) throw divisionByZero()
}
