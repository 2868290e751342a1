import type {
  Aggregation,
  AreaNormalisation,
  CertaintySettings,
  RegulationDocument,
} from '@ustaz/core/contract'
import { compareDecimals } from '../decimal.ts'
import { phrase, rows, whenSet } from './vocabulary.ts'
import type { Phrase, Vocabulary } from './vocabulary.ts'

/** On which scale each area is weighed; nothing where all points stay as they are. */
export function normalisationWords(
  { areas, byArea }: RegulationDocument['normalisation'],
  words: Vocabulary,
): Phrase[] {
  const some = Object.entries(byArea).flatMap(([area, scale]) => scaleWords(words.clause(area), scale, words))
  const all = words.say(phrase('clause.scale.all'))
  return some.length === 0 && isPlain(areas) ? [] : [...scaleWords(all, areas, words), ...some]
}

const isPlain = ({ method, winsorise, log, factor, shift }: AreaNormalisation) =>
  method === 'none' && winsorise === null && log === null && factor === '1' && shift === '0'

function scaleWords(areas: string, scale: AreaNormalisation, words: Vocabulary): Phrase[] {
  const { method, within, winsorise, log, factor, shift } = scale
  const isRelative = winsorise !== null || (method !== 'none' && method !== 'goalposts')
  return [
    phrase(isRelative ? 'clause.scale.method' : 'clause.scale.plain', {
      areas,
      method: words.kindOf('scale', method),
      within: words.word('scale.within', within),
    }),
    ...(scale.method === 'goalposts' ? goalpostWords(scale, words) : []),
    ...whenSet(winsorise, ({ lower, upper }) =>
      phrase('clause.scale.winsorise', { lower: words.number(lower), upper: words.number(upper) }),
    ),
    ...whenSet(log, (one) => phrase('clause.scale.log', { log: words.word('scale.log', one) })),
    ...(compareDecimals(factor, '1') === 0 && compareDecimals(shift, '0') === 0
      ? []
      : [phrase('clause.scale.linear', { factor: words.number(factor), shift: words.number(shift) })]),
  ]
}

function goalpostWords(
  { low, high, clamp }: Extract<AreaNormalisation, { method: 'goalposts' }>,
  words: Vocabulary,
): Phrase[] {
  return [
    phrase('clause.scale.goalposts', { low: words.number(low), high: words.number(high) }),
    ...(clamp ? [] : [phrase('clause.scale.unclamped')]),
  ]
}

/** How the weighted areas become one number. */
export function aggregationWords(aggregation: Aggregation, words: Vocabulary): Phrase[] {
  const word = (key: 'whenUnknown' | 'whenZero', option: string) =>
    phrase(`clause.aggregation.${key}`, { what: words.word(`aggregation.${key}`, option) })
  return [
    phrase('clause.aggregation.method', { method: words.kindOf('aggregation', aggregation.method) }),
    ...('p' in aggregation
      ? [phrase('clause.aggregation.exponent', { p: words.number(aggregation.p) })]
      : []),
    ...('whenUnknown' in aggregation ? [word('whenUnknown', aggregation.whenUnknown)] : []),
    ...('whenZero' in aggregation ? [word('whenZero', aggregation.whenZero)] : []),
    ...(aggregation.method === 'at-least' ? [reachWords(aggregation, words)] : []),
    ...(aggregation.method === 'lexicographic'
      ? [phrase('clause.aggregation.order', { list: aggregation.order.map(words.clause).join('; ') })]
      : []),
  ]
}

function reachWords(
  { areas, value }: Extract<Aggregation, { method: 'at-least' }>,
  words: Vocabulary,
): Phrase {
  const values =
    typeof value === 'string'
      ? words.number(value)
      : rows(Object.entries(value).map(([area, one]) => [words.clause(area), words.number(one)]))
  return phrase('clause.aggregation.reach', { areas: String(areas), value: values })
}

/** What is open when it is asked how certain the order is. */
export function certaintyWords(settings: CertaintySettings, words: Vocabulary): Phrase[] {
  const { replications, seed, weights, normalisations, aggregations, sensitivitySamples } = settings
  const said = (phrases: readonly Phrase[]) => phrases.map(words.say).join(' ')
  return [
    phrase('clause.certainty.replications', { replications: String(replications), seed: String(seed) }),
    phrase('clause.certainty.weights', {
      kind: words.kindOf('open-weights', weights.kind),
      more: openWeightWords(weights, words),
    }),
    ...whenSet(normalisations, (list) =>
      phrase('clause.certainty.scales', {
        list: list.map((one) => said(normalisationWords(one, words))).join(' / '),
      }),
    ),
    ...(aggregations.length > 0
      ? [
          phrase('clause.certainty.aggregations', {
            list: aggregations.map((one) => said(aggregationWords(one, words))).join(' / '),
          }),
        ]
      : []),
    phrase('clause.certainty.samples', { samples: String(sensitivitySamples) }),
  ]
}

function openWeightWords(weights: CertaintySettings['weights'], words: Vocabulary): string {
  switch (weights.kind) {
    case 'relative':
      return `, ${words.number(weights.range)}`
    case 'dirichlet':
      return `, ${words.number(weights.concentration)}`
    case 'intervals': {
      const list = Object.entries(weights.byArea).map(
        ([area, { low, high }]) =>
          [words.clause(area), `${words.number(low)}\u2013${words.number(high)}`] as const,
      )
      return `, ${rows(list)}`
    }
    case 'fixed':
      return ''
  }
}
