import { parseArgs } from 'node:util'
import { UstazError } from '../contract/problem.ts'

export type CommandLine =
  | { command: 'start'; only: 'api' | 'worker' | null; port: number | null }
  | { command: 'migrate' }
  | { command: 'help' }

const options = {
  only: { type: 'string' },
  port: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

const allowed: Record<string, readonly string[]> = { start: ['only', 'port'], migrate: [] }

/** Reads the command line. Throws `command-line` with what is not understood. */
export function readArguments(args: readonly string[]): CommandLine {
  const { values, positionals } = parse(args)
  const [command = 'help', ...rest] = positionals
  if (values.help || command === 'help') return { command: 'help' }
  const known = allowed[command]
  if (!known) throw wrong(command)
  const strange = Object.keys(values).find((name) => !known.includes(name))
  if (rest[0] !== undefined || strange !== undefined) throw wrong(rest[0] ?? `--${strange ?? ''}`)
  if (command === 'migrate') return { command }
  return { command: 'start', only: onlyOf(values.only), port: portOf(values.port) }
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

/** 0: any free one. */
function portOf(text: string | undefined): number | null {
  if (text === undefined) return null
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) throw wrong(`--port ${text}`)
  return Number(text)
}

const wrong = (part: string, cause?: unknown) => new UstazError('command-line', { params: { part }, cause })
