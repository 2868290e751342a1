import type { CertaintySettings } from '../../contract/regulation/composite.ts'
import { choiceNames } from './input.ts'
import type { ChoiceName, CertaintyInput, Choices } from './input.ts'
import { gamma, normalQuantile, openRandom, shuffled } from './random.ts'
import type { Random } from './random.ts'

/** The two independent samples of Saltelli's design; A is also that of the replications. */
export type Sample = 'A' | 'B'

export interface ChoiceDraws {
  official: Choices
  /** `replication` counts from 1; the same for the same settings, whatever was drawn before. */
  draw(replication: number, sample: Sample): Choices
  /** What is open at all. */
  open: ReadonlySet<ChoiceName>
}

export function prepareChoices(
  { matrix, weights, noise, settings, areas }: CertaintyInput,
  count: { normalisations: number; aggregations: number },
): ChoiceDraws {
  const official = {
    weights: areaWeights(weights, matrix.columns),
    normalisation: 0,
    aggregation: 0,
    noise: 0,
  }
  const drawWeights = weightDraw(settings.weights, official.weights, areas)
  const isNoisy = noise?.some((deviation) => deviation > 0) ?? false
  const errors = { A: evenNormals(settings, 1), B: evenNormals(settings, 2) }
  const open = new Set<ChoiceName>()
  if (settings.weights.kind !== 'fixed' && matrix.columns > 1) open.add('weights')
  if (count.normalisations > 1) open.add('normalisation')
  if (count.aggregations > 1) open.add('aggregation')
  if (isNoisy) open.add('noise')
  const draw = (replication: number, sample: Sample): Choices => {
    const stream = (choice: ChoiceName) =>
      openRandom(settings.seed, sample === 'A' ? 1 : 2, replication, choiceNames.indexOf(choice))
    const pick = (choice: ChoiceName, of: number) => Math.floor(stream(choice).uniform() * of)
    return {
      weights: open.has('weights') ? drawWeights(stream('weights')) : official.weights,
      normalisation: pick('normalisation', count.normalisations),
      aggregation: pick('aggregation', count.aggregations),
      noise: isNoisy ? errors[sample][replication - 1]! : 0,
    }
  }
  return { official, draw, open }
}

/** Weights by area; where each row has its own, their means (unknown ones left out). */
function areaWeights(weights: Float64Array, columns: number): Float64Array {
  if (weights.length === columns) return weights
  return Float64Array.from({ length: columns }, (_, column) => {
    const known = weights.filter((weight, at) => at % columns === column && !Number.isNaN(weight)).sort()
    return known.length === 0 ? 0 : known.reduce((a, b) => a + b) / known.length
  })
}

/**
 * Standard normal numbers, one a replication, evenly spread: one from each of as many equally likely stretches, in a random order
 * (McKay, Beckman & Conover 1979, Technometrics 21(2)).
 */
function evenNormals({ seed, replications }: CertaintySettings, sample: number): Float64Array {
  const random = openRandom(seed, sample)
  const order = shuffled(random, replications)
  return Float64Array.from(order, (stretch) =>
    normalQuantile((stretch + (random.uniform() || 0.5)) / replications),
  )
}

type WeightDraw = (random: Random) => Float64Array

function weightDraw(
  open: CertaintySettings['weights'],
  official: Float64Array,
  areas: readonly string[],
): WeightDraw {
  const total = official.reduce((a, b) => a + b, 0)
  const keepTotal = (drawn: Float64Array): Float64Array => {
    const sum = drawn.reduce((a, b) => a + b, 0)
    return sum === 0 ? official : drawn.map((weight) => (weight * total) / sum)
  }
  switch (open.kind) {
    case 'fixed':
      return () => official
    case 'relative': {
      const range = Number(open.range)
      return (random) =>
        keepTotal(official.map((weight) => weight * (1 + range * (2 * random.uniform() - 1))))
    }
    case 'dirichlet': {
      const concentration = Number(open.concentration)
      const shape = (weight: number) => (concentration * weight) / total
      return (random) =>
        keepTotal(official.map((weight) => (weight === 0 ? 0 : gamma(random, shape(weight)))))
    }
    case 'intervals': {
      const limits = areas.map((area, column) => {
        const limit = open.byArea[area]
        return limit ? [Number(limit.low), Number(limit.high)] : [official[column]!, official[column]!]
      })
      return (random) =>
        keepTotal(Float64Array.from(limits, ([low, high]) => low! + (high! - low!) * random.uniform()))
    }
  }
}
