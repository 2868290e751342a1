import { z } from 'zod'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Weighting } from '../../plugin/weighting.ts'
import type { WeightsOf } from './calculate.ts'

const third = '0.333333333333'
const common: Readonly<Record<string, readonly string[]>> = {
  points: ['1', '1', '1'],
  constant: ['0.7', third, '1'],
  'one-left-out': ['0', '1', '2.5'],
}
/** Weights of areas A, B and C; nobody knows those of somebody without a position. */
const byPosition: Readonly<Record<string, readonly string[]>> = {
  professor: ['0.5', '0.25', '1'],
  'senior-lecturer': ['1', '1', '0.125'],
  lecturer: ['1', third, '2'],
}

const modeOf = ({ weighting }: RegulationDocument) => String(weighting.params['mode'])

/** The weights a random document asks for, told by a weighting as a plugin would. */
export function weightingOf(document: RegulationDocument): Weighting {
  const mode = modeOf(document)
  const known = common[mode]
  return {
    id: 'random',
    needs: known ? 'nothing' : 'positions',
    params: z.object({ mode: z.string() }),
    weigh({ areas, positions }) {
      // A third is told as a number, to be carried to 12 decimals.
      const weights = Object.fromEntries(areas.map((area, index) => [area, known?.[index] ?? 1]))
      if (known)
        return { weights: mode === 'constant' ? { ...weights, [areas[1]!]: 1 / 3 } : weights, how: {} }
      const rows = positions!.flatMap(
        (position) => byPosition[position ?? '']?.map(Number) ?? [NaN, NaN, NaN],
      )
      const byTeacher = { rows: positions!.length, columns: areas.length, values: Float64Array.from(rows) }
      return { weights, byTeacher, how: {} }
    },
  }
}

export function weightsOf(document: RegulationDocument): WeightsOf {
  const known = common[modeOf(document)]
  return (position) => known ?? byPosition[position ?? ''] ?? null
}
