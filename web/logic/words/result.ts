import type { RegulationDocument } from '@ustaz/core/contract'
import { limitWords } from './counting.ts'
import { positionRows } from './people.ts'
import { ruleWords } from './rule.ts'
import { phrase, rows, whenSet } from './vocabulary.ts'
import type { Phrase, Vocabulary } from './vocabulary.ts'

type Money = NonNullable<RegulationDocument['money']>

export function bandWords({ from, to }: RegulationDocument['bands'][number], words: Vocabulary): Phrase[] {
  if (from !== null && to !== null) {
    return [phrase('clause.between', { from: words.number(from), to: words.number(to) })]
  }
  return [
    ...whenSet(from, (value) => phrase('regulation.from', { value: words.number(value) })),
    ...whenSet(to, (value) => phrase('regulation.below', { value: words.number(value) })),
  ]
}

export function totalWords(total: RegulationDocument['total'], words: Vocabulary): Phrase[] {
  return limitWords(total, words)
}

export function rankingWords(ranking: RegulationDocument['ranking'], words: Vocabulary): Phrase[] {
  const { ties, tieBreakers, tiedWithin } = ranking
  return [
    phrase('clause.ties', { what: words.word('ranking.ties', ties) }),
    ...(tieBreakers.length > 0
      ? [phrase('clause.tieBreakers', { list: tieBreakers.map(words.clause).join('; ') })]
      : []),
    ...whenSet(tiedWithin, (points) => phrase('clause.tiedWithin', { points: words.number(points) })),
  ]
}

export function weightingWords(weighting: RegulationDocument['weighting'], words: Vocabulary): Phrase[] {
  const params = Object.entries(weighting.params)
  return [
    phrase('clause.weighting', { name: words.weighting(weighting.id) }),
    ...(params.length > 0
      ? [
          phrase('clause.params', {
            list: params.map(([name, value]) => `${name}: ${inline(value)}`).join('; '),
          }),
        ]
      : []),
  ]
}

/** Parameters of a plugin as they are written: names, numbers and lists without quotation marks. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return value.map(inline).join(', ')
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, one]) => `${name} ${inline(one)}`)
      .join(', ')
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export function appealWords(
  { days, answerDays, answeredBy }: NonNullable<RegulationDocument['appeals']>,
  words: Vocabulary,
): Phrase[] {
  return [
    phrase('clause.appeals.days', { days: String(days) }),
    phrase('clause.appeals.answer', { who: words.localized(answeredBy), days: String(answerDays) }),
  ]
}

export function moneyWords(money: Money, words: Vocabulary): Phrase[] {
  const { currency } = money
  const digits = phrase('clause.money.digits', { digits: String(money.digits) })
  const amount = (value: string) => `${words.number(value)}\u00a0${currency}`
  switch (money.kind) {
    case 'base':
      return [
        phrase('clause.money.base', { base: amount(money.base), per: words.number(money.per) }),
        phrase('clause.money.rates', { list: positionRows(money.rates, words) }),
        ...whenSet(money.cap, (cap) => phrase('clause.money.cap', { cap: amount(cap) })),
        digits,
      ]
    case 'fund':
      return [phrase('clause.money.fund', { amount: amount(money.amount) }), digits]
    case 'bands': {
      const list = Object.entries(money.byBand).map(
        ([band, value]) => [words.clause(band), amount(value)] as const,
      )
      return [phrase('clause.money.bands', { list: rows(list) }), digits]
    }
  }
}

export function amendmentWords(
  amendment: RegulationDocument['amendments'][number],
  { criteria }: RegulationDocument,
  words: Vocabulary,
): Phrase[] {
  const { knownFrom, validFrom, validTo, annul, points, source } = amendment
  return [
    phrase('clause.amendment.source', { source, day: words.day(knownFrom) }),
    ...whenSet(validFrom, (day) => phrase('clause.amendment.from', { day: words.day(day) })),
    ...whenSet(validTo, (day) => phrase('clause.amendment.to', { day: words.day(day) })),
    ...(annul.length > 0
      ? [phrase('clause.amendment.annul', { list: annul.map(words.clause).join('; ') })]
      : []),
    ...Object.entries(points).map(([id, rule]) => {
      const criterion = criteria.find((one) => one.id === id)
      const said = ruleWords(rule, criterion?.unit ?? '', words.of(criterion?.indicator ?? null))
      return phrase('clause.amendment.points', {
        clause: words.clause(id),
        rule: said.map(words.say).join(' '),
      })
    }),
  ]
}

export function exampleWords(
  { people, period, knownAt }: RegulationDocument['examples'][number],
  words: Vocabulary,
): Phrase[] {
  return [
    ...whenSet(period, ({ from, to }) =>
      phrase('clause.example.period', { from: words.day(from), to: words.day(to) }),
    ),
    ...whenSet(knownAt, (day) => phrase('clause.example.knownAt', { day: words.day(day) })),
    ...people.map(({ name, facts, expect }) =>
      phrase(
        expect.total === undefined || expect.total === null
          ? 'clause.example.person'
          : 'clause.example.total',
        {
          name,
          facts: String(facts.length),
          total: typeof expect.total === 'string' ? words.number(expect.total) : '',
        },
      ),
    ),
  ]
}
