import type { RegulationDocument } from '@ustaz/core/contract'
import { conditionList, conditionWords } from './condition.ts'
import { phrase, rows, whenSet } from './vocabulary.ts'
import type { Phrase, Vocabulary } from './vocabulary.ts'

type Norm = RegulationDocument['norms'][number]
type Eligibility = RegulationDocument['eligibility'][number]
type Requirement = RegulationDocument['requirements'][number]
type League = RegulationDocument['leagues'][number]

/** Rows by position, each with its number. */
export function positionRows(byPosition: Readonly<Record<string, string>>, words: Vocabulary): string {
  return rows(Object.entries(byPosition).map(([code, value]) => [words.position(code), words.number(value)]))
}

export function normWords(norm: Norm, words: Vocabulary): Phrase[] {
  const { exceptions, byPosition, points, mode, position, prorate } = norm
  return [
    phrase(`clause.norm.${mode}`),
    ...exceptions.map((one) =>
      phrase('clause.exception', {
        list: conditionList(one.where, words.of(null)),
        points: words.number(one.points),
      }),
    ),
    ...(Object.keys(byPosition).length > 0
      ? [phrase('clause.rows', { list: positionRows(byPosition, words) })]
      : []),
    points === null
      ? phrase('clause.otherPositionsWait')
      : phrase('clause.otherPositions', { points: words.number(points) }),
    ...(position === 'by-days' ? [phrase('clause.normByDays')] : []),
    ...(prorate.length > 0
      ? [phrase('clause.prorate', { list: prorate.map((one) => words.word('norm.prorate', one)).join(', ') })]
      : []),
  ]
}

export function eligibilityWords(rule: Eligibility, words: Vocabulary): Phrase[] {
  if (rule.kind === 'teacher') {
    return [...conditionWords(rule.where, words.of(null), 'clause.takesPart'), unknownWords(rule, words)]
  }
  const atLeast = words.number(rule.atLeast)
  if (rule.kind !== 'fact') return [phrase(`regulation.eligible.${rule.kind}`, { atLeast })]
  const value = words.of(rule.indicator).value(rule.value)
  return [
    phrase('regulation.eligible.fact', { kind: words.kind(rule.indicator), value, atLeast }),
    unknownWords(rule, words),
  ]
}

function unknownWords({ whenUnknown }: { whenUnknown: string }, words: Vocabulary): Phrase {
  return phrase('clause.whenUnknown', { what: words.word('eligibility.whenUnknown', whenUnknown) })
}

export function requirementWords(requirement: Requirement, words: Vocabulary): Phrase[] {
  const { where, checks, needed, compensation, effect } = requirement
  return [
    ...conditionWords(where, words.of(null), 'clause.concerns'),
    ...checks.map((check) => checkWords(check, words)),
    ...whenSet(needed, (count) =>
      phrase('clause.needed', { count: String(count), of: String(checks.length) }),
    ),
    ...whenSet(compensation, (times) => phrase('clause.compensation', { times: words.number(times) })),
    effectWords(effect, words),
  ]
}

function checkWords(
  { of, measure, atLeast, byPosition }: Requirement['checks'][number],
  words: Vocabulary,
): Phrase {
  const params = {
    atLeast: words.number(atLeast),
    measure: words.word('check.measure', measure),
    list: of.map(words.clause).join(' + '),
    byPosition: positionRows(byPosition, words),
  }
  const what = of.length === 0 ? 'total' : 'of'
  return phrase(`clause.check.${what}${Object.keys(byPosition).length > 0 ? 'ByPosition' : ''}`, params)
}

function effectWords(effect: Requirement['effect'], words: Vocabulary): Phrase {
  if (effect.kind === 'place') return phrase('clause.effect.place', { place: String(effect.notAbove) })
  if (effect.kind === 'band') return phrase('clause.effect.band', { band: words.clause(effect.notAbove) })
  return phrase(`clause.effect.${effect.kind}`)
}

export function leagueWords({ positions, where }: League, words: Vocabulary): Phrase[] {
  return [
    positions.length === 0
      ? phrase('clause.anyPosition')
      : phrase('clause.positions', { list: positions.map(words.position).join(', ') }),
    ...conditionWords(where, words.of(null), 'clause.and'),
  ]
}
