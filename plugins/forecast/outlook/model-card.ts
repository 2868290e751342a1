import type { ModelCard } from '../contract.ts'
import { poolMethods } from '../methods/pool.ts'
import type { BackendName } from '../network/backend.ts'
import { networkOptions } from '../ratings/forecast-ratings.ts'
import type { Reach } from '../ratings/intervals.ts'
import type { RatedPast } from './read-history.ts'
import type { MeasureOutlook } from './write-outlook.ts'

export interface CardSource {
  past: RatedPast
  runId: number
  measures: readonly MeasureOutlook[]
  /** By id of the measure. */
  reaches: ReadonlyMap<string, Reach>
  backend: BackendName
  /** Version of TensorFlow.js. */
  tensorflow: string
  horizon: number
  seed: number
  seconds: number
  madeAt: Date
}

/** The card of a model in the sense of Mitchell et al., Model cards for model reporting, FAT* 2019: data, method, and how well it did where. */
export function modelCard({ past, measures, reaches, ...made }: CardSource): ModelCard {
  return {
    regulation: past.regulation,
    runId: made.runId,
    madeAt: made.madeAt.toISOString(),
    horizon: made.horizon,
    seed: made.seed,
    seconds: made.seconds,
    software: { backend: made.backend, tensorflow: made.tensorflow, node: process.version },
    data: {
      periods: past.periods.map(({ from, to, runId }, index) => ({
        from,
        to,
        runId,
        hash: past.hashes[index]!,
      })),
      teachers: past.teacherIds.length,
      departments: past.units.department.length,
      faculties: past.units.faculty.length,
    },
    methods: { pool: [...poolMethods], network: { ...networkOptions } },
    measures: measures.map(({ id, title, backtest, subjects }) => {
      const people = subjects.filter(({ kind }) => kind === 'teacher')
      const { inner, outer, from } = reaches.get(id)!
      return {
        id,
        title,
        people: people.length,
        byNetwork: people.filter(({ basis }) => basis === 'both').length,
        backtest,
        reach: { inner, outer, from },
      }
    }),
  }
}
