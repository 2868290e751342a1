import type { FormulaFault } from './expression.ts'

export interface Token {
  kind: 'number' | 'text' | 'name' | 'sign' | 'end'
  text: string
  /** From 0. */
  at: number
}

const patterns: readonly [Exclude<Token['kind'], 'end'> | 'space', RegExp][] = [
  ['space', /\s+/y],
  ['number', /\d+(\.\d+)?/y],
  ['name', /(teacher\.)?[a-zA-Z][a-zA-Z0-9]*/y],
  ['text', /'[^']*'/y],
  ['sign', /<=|>=|!=|[-+*/^()=<>,]/y],
]

/** Words and signs of a formula, the end last. Texts stand without their quotes. */
export function readTokens(source: string): { tokens: Token[] } | { fault: FormulaFault } {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const found = matchAt(source, at)
    if (!found) {
      return { fault: { code: 'formula-unreadable', position: at + 1, params: { found: source.charAt(at) } } }
    }
    if (found.kind !== 'space') {
      tokens.push({
        kind: found.kind,
        text: found.kind === 'text' ? found.text.slice(1, -1) : found.text,
        at,
      })
    }
    at += found.text.length
  }
  return { tokens: [...tokens, { kind: 'end', text: '', at: source.length }] }
}

function matchAt(source: string, at: number) {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at
    const [text] = pattern.exec(source) ?? []
    if (text !== undefined) return { kind, text }
  }
  return null
}
