import type { Approval, Stage, WindowDay } from '@ustaz/core/contract'
import { phrase, rows, whenSet } from './vocabulary.ts'
import type { Phrase, Vocabulary } from './vocabulary.ts'

/** Who decides about evidence, in which order, and until when. */
export function approvalWords({ stages, entering, approving }: Approval, words: Vocabulary): Phrase[] {
  return [
    ...stages.flatMap((stage, index) => stageWords(stage, index + 1, words)),
    ...(entering
      ? [
          ...whenSet(entering.opens, (opens) =>
            phrase('clause.approval.opens', { day: dayWords(opens, words) }),
          ),
          ...whenSet(entering.closes, (closes) =>
            phrase('clause.approval.closes', { day: dayWords(closes, words) }),
          ),
          lateWords('entering-window', entering, words),
        ]
      : []),
    ...(approving
      ? [
          phrase('clause.approval.decides', { day: dayWords(approving.closes, words) }),
          lateWords('approving-window', approving, words),
        ]
      : []),
  ]
}

function stageWords(
  { id, who, units, indicators, may, days }: Stage,
  number: number,
  words: Vocabulary,
): Phrase[] {
  const kinds = (list: readonly string[]) => list.map(words.kind).join(', ')
  return [
    phrase('clause.approval.stage', {
      number: String(number),
      clause: words.clause(id),
      who: words.word('stage.who', who),
      may: may.map((decision) => words.word('stage.may', decision)).join(', '),
    }),
    ...(units.length > 0
      ? [
          phrase('clause.approval.units', {
            list: rows(units.map((one) => [one.unit, kinds(one.indicators)])),
          }),
        ]
      : []),
    ...(indicators.length > 0 ? [phrase('clause.approval.kinds', { list: kinds(indicators) })] : []),
    ...whenSet(days, (count) => phrase('clause.approval.days', { days: String(count) })),
  ]
}

function dayWords({ day, yearsAfter }: WindowDay, words: Vocabulary): string {
  const named = words.monthDay(day)
  return yearsAfter === 0
    ? named
    : words.say(phrase('clause.approval.yearsAfter', { day: named, years: String(yearsAfter) }))
}

function lateWords(
  part: 'entering-window' | 'approving-window',
  { late, lateBy }: { late: string; lateBy: readonly string[] },
  words: Vocabulary,
): Phrase {
  const list = lateBy.map((role) => words.word(`${part}.lateBy`, role)).join(', ')
  return late === 'refuse' && lateBy.length === 1 && lateBy[0] === 'office'
    ? phrase('clause.approval.neverLate')
    : phrase('clause.approval.late', { how: words.word(`${part}.late`, late), list })
}
