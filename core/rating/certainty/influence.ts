import type { ChoiceDraws, Sample } from './draw-choices.ts'
import { choiceNames } from './input.ts'
import type { ChoiceName, Choices } from './input.ts'
import { sobolIndices } from './sobol.ts'
import type { Influence } from './sobol.ts'

export interface ChoiceInfluence {
  choice: ChoiceName
  /** false: nothing of it was open. */
  isOpen: boolean
  /** Places a teacher moves on average when only this is chosen anew; null: not open, not asked for, or nothing succeeded. */
  alone: number | null
  /** Shares of the variance of the mean shift; null also where it does not vary. */
  indices: Influence | null
}
/** Rows of the design that were asked for, and those of which an evaluation failed. */
export interface InfluenceRows {
  asked: number
  failed: number
}

interface Design extends Pick<ChoiceDraws, 'open' | 'official' | 'draw'> {
  samples: number
  /** Mean shift of each row of A; NaN: it failed. */
  shifts: Float64Array
  shiftUnder(choices: Choices): number
  /** Evaluations of the whole assessment, for progress. */
  work: number
}

/**
 * The design of Saltelli et al. (2010): results of A (the replications), of B, and of A with one choice from B. Rows with a
 * failed evaluation are left out and counted.
 */
export function* measureInfluence(
  design: Design,
): Generator<number, { choices: ChoiceInfluence[]; samples: InfluenceRows }> {
  const { open, samples, shifts, official, draw, shiftUnder, work } = design
  let done = shifts.length
  function* run(choicesOf: (row: number) => Choices): Generator<number, Float64Array> {
    const results = new Float64Array(samples)
    for (let row = 1; row <= samples; row++) {
      results[row - 1] = shiftUnder(choicesOf(row))
      yield ++done / work
    }
    return results
  }
  const from = (row: number, base: Choices, choice: ChoiceName, sample: Sample) => ({
    ...base,
    [choice]: draw(row, sample)[choice],
  })
  const a = shifts.subarray(0, samples)
  const b = yield* run((row) => draw(row, 'B'))
  const mixed = new Map<ChoiceName, { ab: Float64Array; alone: Float64Array }>()
  for (const choice of open) {
    const ab = yield* run((row) => from(row, draw(row, 'A'), choice, 'B'))
    const alone = yield* run((row) => from(row, official, choice, 'A'))
    mixed.set(choice, { ab, alone })
  }
  const columns = [a, b, ...mixed.values().map(({ ab }) => ab)]
  const whole = a.map((_, row) => (columns.every((column) => !Number.isNaN(column[row])) ? 1 : 0))
  const keep = (column: Float64Array) => column.filter((_, row) => whole[row] === 1)
  const choices = choiceNames.map((choice): ChoiceInfluence => {
    const results = mixed.get(choice)
    if (!results) return { choice, isOpen: false, alone: null, indices: null }
    const alone = results.alone.filter((value) => !Number.isNaN(value))
    return {
      choice,
      isOpen: true,
      alone: alone.length === 0 ? null : alone.reduce((sum, value) => sum + value, 0) / alone.length,
      indices: sobolIndices(keep(a), keep(b), keep(results.ab)),
    }
  })
  return { choices, samples: { asked: samples, failed: samples - keep(a).length } }
}
