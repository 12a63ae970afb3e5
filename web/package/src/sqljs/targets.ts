// Targets: the functions of JavaScript that SQLite calls, by number. What they throw never passes
// through SQLite: of a function it becomes the statement's error, of a hook it is thrown later on.
import { kCellBytes, kError, kInteger, kReal, kText } from './cells.js'
import type { CellMemory } from './cells.js'
import type { AggregateFunctions, UpdateHookCallback } from './types.js'

// What is called for; bindings/js_raw.cpp sends these.
const kFunction = 0
const kStep = 1
const kForget = 3

type AnyFunction = (...values: unknown[]) => unknown

/** Answers one call of SQLite; `context` is the same for all rows of one group. */
type Target = (call: number, context: number, values: unknown[]) => unknown

const kOperations: Readonly<Record<number, 'insert' | 'update' | 'delete'>> = {
  9: 'delete',
  18: 'insert',
  23: 'update',
}

function aggregateTarget({ init, step, finalize }: AggregateFunctions): Target {
  const states = new Map<number, unknown>()
  const stateOf = (context: number): unknown => {
    if (!states.has(context)) states.set(context, init ? init() : null)
    return states.get(context)
  }
  return (call, context, values) => {
    const state = stateOf(context)
    if (call === kStep) {
      try {
        states.set(context, (step as AnyFunction)(state, ...values))
      } catch (error) {
        states.delete(context)
        throw error
      }
      return null
    }
    states.delete(context)
    return finalize ? (finalize as AnyFunction)(state) : state
  }
}

export class Targets {
  readonly #memory: CellMemory
  // Functions as they are, aggregates and hooks as targets.
  readonly #targets: (Target | AnyFunction | null)[] = [null]
  #depth = 0
  /** What a hook threw, until it is thrown on. */
  #thrown: { readonly error: unknown } | null = null

  constructor(memory: CellMemory) {
    this.#memory = memory
  }

  /** Whether one of them is being called, so that a statement is at work. */
  get isCalling(): boolean {
    return this.#depth > 0
  }

  #add(target: Target | AnyFunction): number {
    return this.#targets.push(target) - 1
  }

  addFunction(func: AnyFunction): number {
    return this.#add(func)
  }

  addAggregate(functions: AggregateFunctions): number {
    return this.#add(aggregateTarget(functions))
  }

  addHook(callback: UpdateHookCallback): number {
    const target: Target = (_call, _context, [code, database, table, rowId]) => {
      try {
        if (Math.abs(rowId as number) > Number.MAX_SAFE_INTEGER) {
          throw 'rowId too big to fit inside a Number'
        }
        const operation = kOperations[code as number]
        callback(operation, database as string, table as string, rowId as number)
      } catch (error) {
        this.#thrown ??= { error }
      }
      return null
    }
    return this.#add(target)
  }

  /** Throws what a hook threw meanwhile. */
  rethrow(): void {
    if (this.#thrown === null) return
    const { error } = this.#thrown
    this.#thrown = null
    throw error
  }

  /** One call of SQLite, whose answer goes into the first cell. */
  call(call: number, number: number, context: number, count: number, cells: number): void {
    if (call === kForget) {
      this.#targets[number] = null
      return
    }
    const at = cells >>> 0
    const target = this.#targets[number] as Target | AnyFunction
    this.#depth++
    try {
      this.#answer(this.#result(target, call, context, count, at), at)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.#memory.giveText(kError, message, at)
    } finally {
      this.#depth--
    }
  }

  // A function of one or two arguments, as most are, is called without a list of them.
  #result(
    target: Target | AnyFunction,
    call: number,
    context: number,
    count: number,
    at: number,
  ): unknown {
    const memory = this.#memory
    if (call === kFunction && count === 1) return (target as AnyFunction)(memory.value(at))
    if (call === kFunction && count === 2) {
      return (target as AnyFunction)(memory.value(at), memory.value(at + kCellBytes))
    }
    const values: unknown[] = []
    for (let i = 0; i < count; i++) values.push(memory.value(at + i * kCellBytes))
    if (call === kFunction) return (target as AnyFunction)(...values)
    return (target as Target)(call, context, values)
  }

  #answer(result: unknown, at: number): void {
    const memory = this.#memory
    if (typeof result === 'number' || typeof result === 'boolean') {
      const isNumber = typeof result === 'number'
      memory.words[at >>> 2] = isNumber ? kReal : kInteger
      memory.reals[(at >>> 3) + 1] = isNumber ? result : Number(result)
      return
    }
    if (typeof result === 'string') {
      memory.giveText(kText, result, at)
      return
    }
    memory.words[at >>> 2] = 0
    if (typeof result !== 'object' || result === null) return
    const { length } = result as { length?: number }
    if (length !== undefined && length !== null) {
      memory.giveBytes(result as ArrayLike<number>, at)
      return
    }
    const what = `Wrong API use : tried to return a value of an unknown type (${String(result)}).`
    memory.giveText(kError, what, at)
  }
}
