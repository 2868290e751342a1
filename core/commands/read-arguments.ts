import { parseArgs } from 'node:util'
import { z } from 'zod'
import { UstazError } from '../contract/problem.ts'
import { languages } from '../contract/text.ts'
import type { Language } from '../contract/text.ts'

/** What one process may do of the whole. */
export const parts = ['api', 'worker', 'ingest'] as const
export type Part = (typeof parts)[number]

export type CommandLine =
  | { command: 'start'; only: Part | null; port: number | null }
  | { command: 'migrate' }
  | { command: 'account create'; email: string; name: string; role: string }
  | { command: 'account link'; email: string }
  | { command: 'regulation check'; file: string; language: Language | null }
  | { command: 'run export'; runId: number; out: string | null }
  | { command: 'run replay'; of: string; hash: string | null }
  | { command: 'audit verify'; from: number; head: string | null }
  | { command: 'help' }

const options = {
  only: { type: 'string' },
  port: { type: 'string' },
  language: { type: 'string' },
  out: { type: 'string' },
  hash: { type: 'string' },
  from: { type: 'string' },
  head: { type: 'string' },
  email: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

interface CommandForm {
  options: readonly (keyof typeof options)[]
  /** Names of what follows the command, all needed. */
  operands: readonly string[]
}

/** Every command, by its words. */
const forms: Readonly<Record<string, CommandForm>> = {
  start: { options: ['only', 'port'], operands: [] },
  migrate: { options: [], operands: [] },
  'account create': { options: ['email', 'name', 'role'], operands: [] },
  'account link': { options: ['email'], operands: [] },
  'regulation check': { options: ['language'], operands: ['FILE'] },
  'run export': { options: ['out'], operands: ['RUN'] },
  'run replay': { options: ['hash'], operands: ['RUN|FILE'] },
  'audit verify': { options: ['from', 'head'], operands: [] },
}

/** Reads the command line. Throws `command-line` with what is not understood. */
export function readArguments(args: readonly string[]): CommandLine {
  const { values, positionals } = parse(args)
  if (values.help || positionals.length === 0 || positionals[0] === 'help') return { command: 'help' }
  const { name, form, operands } = formOf(positionals)
  const strange = Object.keys(values).find((option) => !form.options.some((known) => known === option))
  const over = operands[form.operands.length]
  if (over !== undefined || strange !== undefined) throw wrong(over ?? `--${strange ?? ''}`)
  const missing = form.operands[operands.length]
  if (missing !== undefined) throw new UstazError('command-operand', { params: { command: name, missing } })
  switch (name) {
    case 'start':
      return { command: name, only: onlyOf(values.only), port: portOf(values.port) }
    case 'account create': {
      const [email, fullName, role] = [
        emailOf(values.email),
        needed('name', values.name),
        needed('role', values.role),
      ]
      return { command: name, email, name: fullName, role }
    }
    case 'account link':
      return { command: name, email: emailOf(values.email) }
    case 'regulation check':
      return { command: name, file: operands[0]!, language: languageOf(values.language) }
    case 'run export':
      return { command: name, runId: runOf(operands[0]!), out: values.out ?? null }
    case 'run replay':
      return { command: name, of: operands[0]!, hash: hashOf(values.hash, '--hash') }
    case 'audit verify':
      return { command: name, from: positionOf(values.from), head: hashOf(values.head, '--head') }
    default:
      return { command: 'migrate' }
  }
}

/** The command of one or two words that the line begins with, and what follows it. */
function formOf(positionals: readonly string[]) {
  for (const words of [2, 1]) {
    const name = positionals.slice(0, words).join(' ')
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined
    if (form) return { name, form, operands: positionals.slice(words) }
  }
  throw wrong(positionals[0] ?? '')
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (cause) {
    throw wrong(args.join(' '), cause)
  }
}

function onlyOf(only: string | undefined): Part | null {
  if (only === undefined) return null
  const part = parts.find((known) => known === only)
  if (part) return part
  throw wrong(`--only ${only}`)
}

/** 0: any free one. */
function portOf(text: string | undefined): number | null {
  if (text === undefined) return null
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) throw wrong(`--port ${text}`)
  return Number(text)
}

function runOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw wrong(text)
  return Number(text)
}

/** null: none was given to hold what is there against. */
function hashOf(text: string | undefined, option: string): string | null {
  if (text === undefined) return null
  if (!/^[0-9a-f]{64}$/i.test(text)) throw wrong(`${option} ${text}`)
  return text.toLowerCase()
}

/** A link of the audit log; without it the first. */
function positionOf(text: string | undefined): number {
  if (text === undefined) return 1
  if (!/^[1-9]\d{0,14}$/.test(text)) throw wrong(`--from ${text}`)
  return Number(text)
}

/** null: the language of the machine. */
function languageOf(text: string | undefined): Language | null {
  if (text === undefined) return null
  const language = languages.find((known) => known === text)
  if (!language) throw wrong(`--language ${text}`)
  return language
}

function emailOf(text: string | undefined): string {
  const email = needed('email', text)
  if (!z.email().safeParse(email).success) throw wrong(`--email ${email}`)
  return email
}

function needed(option: keyof typeof options, text: string | undefined): string {
  if (text === undefined || text.trim() === '') throw wrong(`--${option}`)
  return text.trim()
}

const wrong = (part: string, cause?: unknown) => new UstazError('command-line', { params: { part }, cause })
