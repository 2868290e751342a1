import type { Criterion, Keep, Window } from '@ustaz/core/contract'
import { conditionWords } from './condition.ts'
import { ruleWords } from './rule.ts'
import { splitWords } from './split.ts'
import { phrase, whenSet } from './vocabulary.ts'
import type { Phrase, RuleVocabulary } from './vocabulary.ts'

/** A criterion in words: first how points arise, then what narrows them. */
export function criterionWords(criterion: Criterion, words: RuleVocabulary): Phrase[] {
  const { points, unit, whose, window, together, factors, split, capPerFact, keep, cap, floor, where } =
    criterion
  const number = (key: string) => (value: string) => phrase(key, { cap: words.number(value) })
  return [
    ...ruleWords(points, unit, words),
    ...whenSet(together, (statistic) =>
      phrase('rule.together', { statistic: words.word('criterion.together', statistic) }),
    ),
    ...(factors.length > 0 ? [phrase('rule.factors', { list: factors.map(words.clause).join('; ') })] : []),
    ...(split ? splitWords(split, words) : []),
    ...whenSet(capPerFact, number('rule.capPerFact')),
    ...keep.map((one) => keepWords(one, words)),
    ...whenSet(cap, number('rule.cap')),
    ...whenSet(floor, number('rule.floor')),
    ...conditionWords(where, words),
    ...(whose === 'staff' ? [phrase('rule.staff')] : []),
    ...(window ? windowWords(window, words) : []),
  ]
}

function keepWords({ most, per, prefer }: Keep, words: RuleVocabulary): Phrase {
  const params = { most: String(most), prefer: words.word('keep.prefer', prefer) }
  return per.length === 0
    ? phrase('rule.keep', params)
    : phrase('rule.keepPer', { ...params, per: per.map((name) => words.value(name)).join(', ') })
}

function windowWords({ start, years, average }: Window, words: RuleVocabulary): Phrase[] {
  return [
    start === null
      ? phrase('rule.window', { years: String(years) })
      : phrase('rule.windowFrom', { years: String(years), start: words.monthDay(start) }),
    ...(average ? [phrase('rule.average', { years: String(years) })] : []),
  ]
}
