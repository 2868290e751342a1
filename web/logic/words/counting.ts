import type { RegulationDocument } from '@ustaz/core/contract'
import { conditionList } from './condition.ts'
import { ruleWords } from './rule.ts'
import { phrase, whenSet } from './vocabulary.ts'
import type { Phrase, Vocabulary } from './vocabulary.ts'

type ClauseOf<Section extends 'areas' | 'coefficients' | 'groups' | 'once' | 'exclusions' | 'rollUps'> =
  RegulationDocument[Section][number]

interface Limits {
  cap: string | null
  floor: string | null
  shareOfTotal?: string | null
}

/** Highest and lowest points, and the highest share of the total. */
export function limitWords({ cap, floor, shareOfTotal = null }: Limits, words: Vocabulary): Phrase[] {
  return [
    ...whenSet(cap, (value) => phrase('clause.cap', { cap: words.number(value) })),
    ...whenSet(floor, (value) => phrase('clause.floor', { floor: words.number(value) })),
    ...whenSet(shareOfTotal, (value) => phrase('clause.shareOfTotal', { share: words.number(value) })),
  ]
}

export function areaWords(area: ClauseOf<'areas'>, words: Vocabulary): Phrase[] {
  return [...limitWords(area, words), phrase(`regulation.whenEmpty.${area.whenEmpty}`)]
}

/** Facts of several kinds may have the coefficient, so its values go by their own names. */
export function coefficientWords({ rule }: ClauseOf<'coefficients'>, words: Vocabulary): Phrase[] {
  if (rule.kind === 'per-unit') return [phrase('clause.constant', { number: words.number(rule.points) })]
  return ruleWords(rule, '', words.of(null))
}

export function groupWords(group: ClauseOf<'groups'>, words: Vocabulary): Phrase[] {
  return [phrase('clause.criteria', { list: listed(group.criteria, words) }), ...limitWords(group, words)]
}

export function onceWords({ criteria, prefer }: ClauseOf<'once'>, words: Vocabulary): Phrase[] {
  const params = { list: listed(criteria, words), prefer: words.word('once.prefer', prefer) }
  return [phrase('clause.once', params)]
}

export function exclusionWords({ indicator, where }: ClauseOf<'exclusions'>, words: Vocabulary): Phrase[] {
  const list = conditionList(where, words.of(indicator))
  return [
    indicator === null
      ? phrase('clause.excludedAll', { list })
      : phrase('clause.excluded', { kind: words.kind(indicator), list }),
  ]
}

export function extrapolationWords(
  rule: NonNullable<RegulationDocument['extrapolation']>,
  words: Vocabulary,
): Phrase[] {
  return [
    phrase('clause.extrapolation', {
      absence: rule.absence.map((one) => words.word('extrapolation.absence', one)).join(', '),
    }),
    ...whenSet(rule.areas, (areas) => phrase('clause.onlyAreas', { list: listed(areas, words) })),
    phrase('clause.fewerDays', {
      days: String(rule.atLeastDays),
      what: words.word('extrapolation.whenFewer', rule.whenFewer),
    }),
  ]
}

export function rollUpWords(rollUp: ClauseOf<'rollUps'>, words: Vocabulary): Phrase[] {
  return [
    phrase('clause.rollUp', {
      weight: words.number(rollUp.weight),
      statistic: words.word('roll-up.statistic', rollUp.statistic),
      from: listed(rollUp.from, words),
      area: words.clause(rollUp.area),
      leaders: words.word('roll-up.leaders', rollUp.leaders),
    }),
    ...(rollUp.withLeader ? [phrase('clause.withLeader')] : []),
  ]
}

const listed = (ids: readonly string[], words: Vocabulary) => ids.map(words.clause).join('; ')
