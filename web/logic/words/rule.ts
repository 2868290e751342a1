import type { Rule } from '@ustaz/core/contract'
import { compareDecimals } from '../decimal.ts'
import { phrase, rows, whenSet } from './vocabulary.ts'
import type { Phrase, RuleVocabulary } from './vocabulary.ts'

type RuleOf<K extends Rule['kind']> = Extract<Rule, { kind: K }>

/** How one fact becomes a number: first the rule, then what becomes of values it does not say anything about. */
export function ruleWords(rule: Rule, unit: string, words: RuleVocabulary): Phrase[] {
  return [...rulePhrases(rule, unit, words), ...otherwiseWords(rule, words), ...unknownWords(rule, words)]
}

function rulePhrases(rule: Rule, unit: string, words: RuleVocabulary): Phrase[] {
  switch (rule.kind) {
    case 'per-unit':
      return [phrase('rule.perUnit', { points: words.number(rule.points), unit: words.unit(unit) })]
    case 'per-value':
      return perValueWords(rule, words)
    case 'table':
      return [phrase('rule.table', { value: tableName(rule, words), list: tableRows(rule, words) })]
    case 'tiers':
      return [phrase('rule.tiers', { value: words.value(rule.of), list: tierList(rule.tiers, words) })]
    case 'formula':
      return [phrase('rule.formula', { formula: rule.formula })]
    case 'expert':
      return [phrase('rule.expert', { from: words.number(rule.from), to: words.number(rule.to) })]
    case 'function':
      return functionWords(rule)
  }
}

function perValueWords(rule: RuleOf<'per-value'>, words: RuleVocabulary): Phrase[] {
  const per = words.number(rule.per)
  const params = { points: words.number(rule.points), per, value: words.value(rule.of) }
  const number = (key: string) => (value: string) => phrase(key, { number: words.number(value) })
  return [
    phrase(isSame(rule.per, '1') ? 'rule.perValue' : 'rule.perBlock', params),
    ...(rule.wholeBlocks ? [phrase('rule.wholeBlocks', { per })] : []),
    ...(isSame(rule.above, '0') ? [] : [phrase('rule.above', { above: words.number(rule.above) })]),
    ...(isSame(rule.plus, '0') ? [] : [number('rule.plus')(rule.plus)]),
    ...whenSet(rule.least, number('rule.least')),
    ...whenSet(rule.most, number('rule.most')),
  ]
}

const isSame = (a: string, b: string) => compareDecimals(a, b) === 0

function tableName(rule: RuleOf<'table'>, words: RuleVocabulary): string {
  const names = [rule.by, ...(rule.column === null ? [] : [rule.column])]
  return names.map((name) => words.value(name)).join(' × ')
}

function tableRows(rule: RuleOf<'table'>, words: RuleVocabulary): string {
  const cells = Object.entries(rule.points).flatMap(([option, points]): [string, string][] => {
    const row = words.option(rule.by, option)
    if (typeof points === 'string') return [[row, words.number(points)]]
    return Object.entries(points).map(([column, one]) => [
      `${row}, ${words.option(rule.column ?? '', column)}`,
      words.number(one),
    ])
  })
  return rows(cells)
}

export function tierList(tiers: RuleOf<'tiers'>['tiers'], words: RuleVocabulary): string {
  return rows(tiers.map((tier) => [tierRange(tier, words), words.number(tier.points)]))
}

function tierRange(tier: RuleOf<'tiers'>['tiers'][number], words: RuleVocabulary): string {
  const { from, to, fromInclusive, toInclusive } = tier
  if (from !== null && to !== null && fromInclusive && toInclusive) {
    return `${words.number(from)}\u2013${words.number(to)}`
  }
  const low = from === null ? [] : [`${fromInclusive ? '\u2265' : '>'}\u00a0${words.number(from)}`]
  const high = to === null ? [] : [`${toInclusive ? '\u2264' : '<'}\u00a0${words.number(to)}`]
  return [...low, ...high].join(', ')
}

function functionWords(rule: RuleOf<'function'>): Phrase[] {
  const params = Object.entries(rule.params).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  return [
    params.length === 0
      ? phrase('rule.function', { use: rule.use })
      : phrase('rule.functionWith', { use: rule.use, list: params.join(', ') }),
  ]
}

/** A known value that a table or tiers do not hold gives 0; anything else is said. */
function otherwiseWords(rule: Rule, words: RuleVocabulary): Phrase[] {
  if (!('otherwise' in rule) || rule.otherwise === '0') return []
  return rule.otherwise === 'block'
    ? [phrase('rule.otherwiseBlock')]
    : [phrase('rule.otherwise', { points: words.number(rule.otherwise) })]
}

/** What an unknown value gives where it is points; that the result waits is the rule everywhere else and is said once. */
function unknownWords(rule: Rule, words: RuleVocabulary): Phrase[] {
  if (rule.kind === 'per-unit' || rule.whenUnknown === 'block') return []
  const value = 'by' in rule ? words.value(rule.by) : 'of' in rule ? words.value(rule.of) : words.unknown
  return [phrase('rule.unknownPoints', { value, points: words.number(rule.whenUnknown) })]
}
