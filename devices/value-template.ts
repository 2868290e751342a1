/** What is done with a value that was found, in order. */
export type TemplateStep = { filter: 'float' } | { filter: 'int' } | { filter: 'round'; digits: number }

/** Where a value stands in a payload, and what is done with it. */
export interface ValueTemplate {
  /** Keys and places from the outside in; null: the payload itself is the value, as text. */
  path: readonly (string | number)[] | null
  steps: readonly TemplateStep[]
}

/** What no template means: the payload is the value. */
export const wholePayload: ValueTemplate = { path: null, steps: [] }

const longest = 300
const literal = String.raw`(?:-?\d+(?:\.\d+)?|'[^']*'|"[^"]*")`
const step = String.raw`\s*\|\s*[a-z_]+(?:\(\s*${literal}?\s*\))?`
const key = String.raw`\.[A-Za-z_]\w*|\[\s*(?:'[^']+'|"[^"]+"|\d{1,4})\s*\]`
const whole = new RegExp(String.raw`^\{\{\s*(value|value_json)((?:${key})*)((?:${step})*)\s*\}\}$`)

/**
 * The part of Jinja that is understood: `{{ value }}` and `{{ value_json.a['b'][0] }}`, each with the filters float, int, round, round(digits) and
 * is_defined. What float(0), int(0) and default(0) put in place of a value that is not there is left out: unknown is never 0. Null: anything else,
 * which might compute.
 */
export function parseTemplate(text: string): ValueTemplate | null {
  const [, root, keys = '', filters = ''] = (text.length <= longest && whole.exec(text.trim())) || []
  if (root === undefined || (root === 'value' && keys !== '')) return null
  const steps = [...filters.matchAll(new RegExp(step, 'g'))].map(([one]) => stepOf(one))
  if (steps.includes(null)) return null
  const path = [...keys.matchAll(new RegExp(key, 'g'))].map(([one]) => keyOf(one))
  return {
    path: root === 'value' ? null : path,
    steps: steps.filter((one): one is TemplateStep => one !== null && one !== 'nothing'),
  }
}

function keyOf(text: string): string | number {
  if (text.startsWith('.')) return text.slice(1)
  const inside = text.slice(1, -1).trim()
  return /^\d/.test(inside) ? Number(inside) : inside.slice(1, -1)
}

function stepOf(text: string): TemplateStep | 'nothing' | null {
  const [, filter = '', argument = ''] = /\|\s*([a-z_]+)(?:\(\s*(.*?)\s*\))?$/.exec(text) ?? []
  if (filter === 'float' || filter === 'int') return { filter }
  if (filter === 'is_defined' || filter === 'default') return 'nothing'
  if (filter === 'round' && /^\d?$/.test(argument)) return { filter, digits: Number(argument) }
  return null
}

/** What stands in a payload where the template says; undefined: nothing. Throws SyntaxError where the payload is no JSON and should be. */
export function valueAt({ path }: ValueTemplate, payload: string): unknown {
  if (path === null) return payload
  let value: unknown = JSON.parse(payload)
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string | number, unknown>)[part]
  }
  return value
}

/** int cuts off, round rounds halves to the even neighbour, as Python does. */
export function takeSteps({ steps }: ValueTemplate, number: number): number {
  return steps.reduce((value, one) => {
    if (one.filter === 'int') return Math.trunc(value)
    return one.filter === 'round' ? roundTo(value, one.digits) : value
  }, number)
}

function roundTo(value: number, digits: number): number {
  const scale = 10 ** digits
  const scaled = value * scale
  const rounded = Math.abs(scaled % 1) === 0.5 ? 2 * Math.round(scaled / 2) : Math.round(scaled)
  return rounded / scale
}
