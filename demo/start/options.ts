import { parseArgs } from 'node:util'
import { UstazError } from '../../core/contract/problem.ts'
import { textOf } from './say.ts'

export interface DemoOptions {
  fresh: boolean
  /** null: not said, so whatever is there or the usual number. */
  teachers: number | null
  seed: string | null
  port: number | null
  once: boolean
  help: boolean
}

/** A department for each of the twenty fields has at least a teacher. */
const fewest = 20
const most = 100_000

/** Reads the command line. Throws `demo.options`. */
export function readOptions(args: readonly string[]): DemoOptions {
  const { values } = parse(args)
  const { fresh = false, once = false, help = false, seed = null } = values
  if (seed !== null && !/^[\p{L}\p{N}-]{1,40}$/u.test(seed)) throw wrong(`--seed ${seed}`)
  return {
    fresh,
    once,
    help,
    seed,
    teachers: numberOf('--teachers', values.teachers, [fewest, most]),
    port: numberOf('--port', values.port, [0, 65535]),
  }
}

const options = {
  fresh: { type: 'boolean' },
  once: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  teachers: { type: 'string' },
  seed: { type: 'string' },
  port: { type: 'string' },
} as const

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options })
  } catch (cause) {
    throw wrong(args.join(' '), cause)
  }
}

function numberOf(
  name: string,
  text: string | undefined,
  [low, high]: readonly [number, number],
): number | null {
  if (text === undefined) return null
  const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN
  if (!(number >= low && number <= high)) throw wrong(`${name} ${text}`)
  return number
}

function wrong(part: string, cause?: unknown): UstazError {
  return new UstazError('demo.options', { params: { part, usage: textOf('usage') }, cause })
}

/** The environment with the port that was asked for, so that links which are given out lead to it. */
export function environmentOf(
  environment: NodeJS.ProcessEnv,
  { port }: Pick<DemoOptions, 'port'>,
): NodeJS.ProcessEnv {
  return port ? { ...environment, PORT: String(port) } : environment
}
