import { parseArgs } from 'node:util'
import { UstazError } from '../contract/problem.ts'

export type CommandLine =
  | { command: 'start'; only: 'api' | 'worker' | null; port: number | null }
  | { command: 'migrate' }
  | { command: 'demo'; fresh: boolean; teachers: number | null; port: number | null }
  | { command: 'help' }

const options = {
  only: { type: 'string' },
  fresh: { type: 'boolean' },
  teachers: { type: 'string' },
  port: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

const allowed: Record<string, readonly string[]> = {
  start: ['only', 'port'],
  migrate: [],
  demo: ['fresh', 'teachers', 'port'],
}

/** Reads the command line. Throws `command-line` with what is not understood. */
export function readArguments(args: readonly string[]): CommandLine {
  const { values, positionals } = parse(args)
  const [command = 'help', ...rest] = positionals
  if (values.help || command === 'help') return { command: 'help' }
  const known = allowed[command]
  if (!known) throw wrong(command)
  const strange = Object.keys(values).find((name) => !known.includes(name))
  if (rest[0] !== undefined || strange !== undefined) throw wrong(rest[0] ?? `--${strange ?? ''}`)
  const port = numberOf('--port', values.port, 65535)
  if (command === 'start') return { command, only: onlyOf(values.only), port }
  if (command === 'migrate') return { command }
  return {
    command: 'demo',
    fresh: values.fresh ?? false,
    teachers: numberOf('--teachers', values.teachers, 100_000),
    port,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (cause) {
    throw wrong(args.join(' '), cause)
  }
}

function onlyOf(only: string | undefined): 'api' | 'worker' | null {
  if (only === undefined || only === 'api' || only === 'worker') return only ?? null
  throw wrong(`--only ${only}`)
}

function numberOf(name: string, text: string | undefined, largest: number): number | null {
  if (text === undefined) return null
  const number = /^\d{1,9}$/.test(text) ? Number(text) : largest + 1
  if (number > largest) throw wrong(`${name} ${text}`)
  return number
}

const wrong = (part: string, cause?: unknown) => new UstazError('command-line', { params: { part }, cause })
