import type { Condition, Criterion, Rule } from '@ustaz/core/contract'

/** A message key with what fills its placeholders, all of it in words already. */
export interface Phrase {
  key: string
  params: Record<string, string>
}

/** The reader's words for what a rule names. */
export interface RuleVocabulary {
  number(decimal: string): string
  /** A value's name: printed sheets, quartile. */
  value(name: string): string
  /** What a value is called when it is one of a list: "Q1", "international". */
  option(name: string, option: string | boolean): string
  /** What each of the counted units is called: "for each printed sheet". */
  unit(unit: string): string
  /** What stands for a value that nobody knows. */
  unknown: string
}

/** A criterion in words: first how points arise, then what narrows them. */
export function criterionWords(criterion: Criterion, words: RuleVocabulary): Phrase[] {
  const { points, split, cap, where, unit } = criterion
  return [
    ...ruleWords(points, unit, words),
    ...(split ? splitWords(split, words) : []),
    ...(cap === null ? [] : [{ key: 'rule.cap', params: { cap: words.number(cap) } }]),
    ...(where.length > 0
      ? [{ key: 'rule.where', params: { list: where.map((one) => conditionText(one, words)).join('; ') } }]
      : []),
    ...('whenUnknown' in points && points.whenUnknown !== 'block' ? [unknownWords(points, words)] : []),
  ]
}

function ruleWords(rule: Rule, unit: string, words: RuleVocabulary): Phrase[] {
  switch (rule.kind) {
    case 'per-unit':
      return [{ key: 'rule.perUnit', params: { points: words.number(rule.points), unit: words.unit(unit) } }]
    case 'per-value':
      return perValueWords(rule, words)
    case 'table':
      return tableWords(rule, words)
    case 'tiers':
      return [
        { key: 'rule.tiers', params: { value: words.value(rule.of), list: tierList(rule.tiers, words) } },
      ]
    case 'formula':
      return [{ key: 'rule.formula', params: { formula: rule.formula } }]
    case 'expert':
      return [{ key: 'rule.expert', params: { from: words.number(rule.from), to: words.number(rule.to) } }]
    case 'function':
      return [{ key: 'rule.function', params: { use: rule.use } }]
  }
}

function perValueWords(rule: Extract<Rule, { kind: 'per-value' }>, words: RuleVocabulary): Phrase[] {
  const params = {
    points: words.number(rule.points),
    per: words.number(rule.per),
    value: words.value(rule.of),
  }
  return [
    { key: rule.per === '1' ? 'rule.perValue' : 'rule.perBlock', params },
    ...(rule.wholeBlocks ? [{ key: 'rule.wholeBlocks', params }] : []),
    ...(Number(rule.above) > 0
      ? [{ key: 'rule.above', params: { ...params, above: words.number(rule.above) } }]
      : []),
  ]
}

function tableWords(rule: Extract<Rule, { kind: 'table' }>, words: RuleVocabulary): Phrase[] {
  const list = Object.entries(rule.points).flatMap(([option, points]) =>
    typeof points === 'string'
      ? [pair(words.option(rule.by, option), points, words)]
      : Object.entries(points).map(([column, one]) =>
          pair(`${words.option(rule.by, option)}, ${words.option(rule.column ?? '', column)}`, one, words),
        ),
  )
  const otherwise: Phrase =
    rule.otherwise === 'block'
      ? { key: 'rule.otherwiseBlock', params: {} }
      : { key: 'rule.otherwise', params: { points: words.number(rule.otherwise) } }
  return [
    { key: 'rule.table', params: { value: words.value(rule.by), list: list.join('; ') } },
    ...(rule.otherwise === '0' ? [] : [otherwise]),
  ]
}

function tierList(tiers: Extract<Rule, { kind: 'tiers' }>['tiers'], words: RuleVocabulary): string {
  return tiers
    .map(({ from, to, fromInclusive, toInclusive, points }) => {
      const low = from === null ? null : `${fromInclusive ? '\u2265' : '>'}\u00a0${words.number(from)}`
      const high = to === null ? null : `${toInclusive ? '\u2264' : '<'}\u00a0${words.number(to)}`
      const closed = from !== null && to !== null && fromInclusive && toInclusive
      const range = closed
        ? `${words.number(from)}\u2013${words.number(to)}`
        : [low, high].filter(Boolean).join(', ')
      return pair(range, points, words)
    })
    .join('; ')
}

const pair = (name: string, points: string, words: RuleVocabulary) =>
  `${name}\u00a0\u2014 ${words.number(points)}`

function splitWords(split: NonNullable<Criterion['split']>, words: RuleVocabulary): Phrase[] {
  const { minimum } = split
  return [
    { key: split.kind === 'equal' ? 'rule.splitEqual' : 'rule.splitShare', params: {} },
    ...(minimum
      ? [
          {
            key: 'rule.minimum',
            params: { minimum: words.number(minimum.perParticipant), value: words.value(minimum.of) },
          },
        ]
      : []),
  ]
}

function conditionText(condition: Condition, words: RuleVocabulary): string {
  if (condition.formula !== undefined) return condition.formula
  if (condition.any) return condition.any.map((one) => conditionText(one, words)).join(' / ')
  const name = condition.value ?? ''
  const value = words.value(name)
  const listed = (options: readonly (string | boolean)[]) =>
    options.map((option) => words.option(name, option)).join(', ')
  if (condition.is) return `${value}: ${listed(condition.is)}`
  if (condition.isNot) return `${value} \u2260 ${listed(condition.isNot)}`
  if (condition.unknown) return `${value}: ${words.unknown}`
  const { atLeast, above, atMost, below } = condition
  const bound = (sign: string, number: string | undefined) =>
    number === undefined ? [] : [`${sign}\u00a0${words.number(number)}`]
  const bounds = [
    ...bound('\u2265', atLeast),
    ...bound('>', above),
    ...bound('\u2264', atMost),
    ...bound('<', below),
  ]
  return `${value} ${bounds.join(', ')}`
}

/** What an unknown value gives where it is points; that the result waits is the rule everywhere else and is said once. */
function unknownWords(rule: Exclude<Rule, { kind: 'per-unit' }>, words: RuleVocabulary): Phrase {
  const value = 'by' in rule ? words.value(rule.by) : 'of' in rule ? words.value(rule.of) : words.unknown
  return { key: 'rule.unknownPoints', params: { value, points: words.number(rule.whenUnknown) } }
}
