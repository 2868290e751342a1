import type { z } from 'zod'
import type { Fault, ProblemParams } from '../contract/problem.ts'

type ZodIssue = z.core.$ZodIssue
type Wrong = Omit<Fault, 'path'>

/** JSON pointer (RFC 6901) of a path; '' is the whole input. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The parts of a JSON pointer; places in lists stay text. */
export function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/**
 * What zod found wrong, as a fault with the product's own code and values: its text (`issue.<code>`) is then written in the
 * reader's language and zod's English never reaches a person. `input`: what was checked, to tell missing from wrong.
 */
export function faultOfIssue(issue: ZodIssue, input: unknown): Fault {
  return { path: pointerTo(issue.path), ...wrongOf(issue, valueAt(input, issue.path)) }
}

/** All faults of an input that zod refused. */
export function faultsOf(error: z.core.$ZodError, input: unknown): Fault[] {
  return error.issues.map((issue) => faultOfIssue(issue, input))
}

function wrongOf(issue: ZodIssue, value: unknown): Wrong {
  if (value === undefined && issue.path.length > 0 && issue.code !== 'custom') return wrong('missing')
  switch (issue.code) {
    case 'invalid_type':
      return wrong(`type.${typeNames[issue.expected] ?? 'other'}`)
    case 'invalid_value':
      return wrong('choice', { choices: issue.values.map(String) })
    case 'too_small':
      return wrong(`small.${sizeOf(issue)}`, { minimum: Number(issue.minimum) })
    case 'too_big':
      return wrong(`big.${sizeOf(issue)}`, { maximum: Number(issue.maximum) })
    case 'invalid_format':
      return formOf(issue)
    case 'not_multiple_of':
      return wrong('multiple', { divisor: issue.divisor })
    case 'unrecognized_keys':
      return wrong('unknown-fields', { fields: issue.keys })
    case 'invalid_union':
      return 'options' in issue
        ? wrong('choice', { choices: (issue.options ?? []).map(String) })
        : wrong('other')
    case 'custom':
      return customOf(issue)
    default:
      return wrong('other')
  }
}

const wrong = (code: string, params: ProblemParams = {}): Wrong => ({ code, params })

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  int: 'integer',
  boolean: 'boolean',
  date: 'date',
  array: 'list',
  object: 'object',
  record: 'object',
}

/** What the bound is about, and whether the bound itself is allowed. */
function sizeOf(issue: { origin: string; inclusive?: boolean }): string {
  if (issue.origin === 'string') return 'text'
  if (['array', 'set', 'map'].includes(issue.origin)) return 'list'
  return issue.inclusive === false ? 'number-exclusive' : 'number'
}

const forms = new Set(['email', 'url', 'date', 'datetime', 'time', 'uuid'])

function formOf(issue: Extract<ZodIssue, { code: 'invalid_format' }>): Wrong {
  if (forms.has(issue.format)) return wrong(`form.${issue.format}`)
  return issue.pattern === undefined ? wrong('form.other') : wrong('form.pattern', { pattern: issue.pattern })
}

/** A check of our own may carry `params: { code, ... }` with the code of its text. */
function customOf(issue: Extract<ZodIssue, { code: 'custom' }>): Wrong {
  const { code, ...params } = issue.params ?? {}
  return typeof code === 'string' ? wrong(code, params) : wrong('other')
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  )
}
