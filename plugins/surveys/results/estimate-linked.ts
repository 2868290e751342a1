import { inThread } from '@ustaz/core/plugin'
import { weightedScales } from '../questions/weighted-scales.ts'
import type { WeightedScale } from '../questions/weighted-scales.ts'
import type { Question } from '../questions/question.ts'
import type { Rating } from '../scores/index.ts'
import type { Voice } from '../tables.ts'
import type { Estimate } from './estimate-teachers.ts'
import type { LinkedScores } from './estimate-thread.ts'
import { joinVoices } from './join-voices.ts'
import type { Rated } from './join-voices.ts'
import { percentOf, scoreOf, weightedMean } from './score.ts'
import type { Components, TeacherOutcome } from './outcome.ts'

export interface LinkedEstimate {
  estimates: Map<number, Estimate>
  components: Components
}

const thread = new URL('./estimate-thread.ts', import.meta.url)

/**
 * Scores corrected for how strictly those judge who answered, from what is shown only: voices about teachers, parts and questions that are not shown
 * go into nothing, and who is joined is for `joinVoices` to say. Who answered several scales counts with their mean by weights, so nothing has to be
 * supposed of how they go together. The plain mean stays that of the sums. null: students cannot be told apart from noise, or nothing is known.
 */
export async function estimateLinked(
  teachers: readonly TeacherOutcome[],
  voices: readonly Voice[],
  { questions, threshold }: { questions: readonly Question[]; threshold: number },
): Promise<LinkedEstimate | null> {
  const scales = weightedScales(questions)
  const parts = partsOfCells(teachers, scales)
  const rated = voices.map((voice) => ratedBy(voice, parts)).filter((own) => own.length > 0)
  const byKey = new Map([...parts.values()].map((part) => [part.key, part]))
  const ratings = joinVoices(rated, threshold).map(({ part, student, value }): Rating => {
    const { teacher, unit, place } = byKey.get(part)!
    return {
      teacher: String(teacher),
      department: unit === null ? null : String(unit),
      group: String(place),
      student,
      value,
    }
  })
  // For a whole university it takes a while, in which phones and pages are served.
  const { variances, scores } = await inThread<LinkedScores>(thread, ratings)
  if (!variances || variances.teacher === null || variances.student === null) return null
  const byTeacher = new Map(scores.map((score) => [score.teacher, score]))
  const estimates = teachers.flatMap(({ teacher, questions: results }) => {
    const score = byTeacher.get(String(teacher))
    return score ? [[teacher, { ...score, raw: scoreOf(scales, results) }] as const] : []
  })
  return {
    estimates: new Map(estimates),
    components: { ...variances, teacher: variances.teacher, student: variances.student },
  }
}

/** What a cell is shown as. */
interface CellPart {
  key: string
  teacher: number
  unit: number | null
  place: number
  /** By scale; null: it is not shown for the teacher. */
  scales: (WeightedScale | null)[]
}

function partsOfCells(
  teachers: readonly TeacherOutcome[],
  scales: readonly WeightedScale[],
): Map<string, CellPart> {
  return new Map(
    teachers.flatMap(({ teacher, unit, questions, parts }) => {
      const shown = new Set(questions.map(({ question }) => question))
      const own = scales.map((scale) => (shown.has(scale.question) ? scale : null))
      return parts.flatMap(({ cells }, place) =>
        cells.map((cell) => {
          const part = { key: `${teacher}/${place}`, teacher, unit, place, scales: own }
          return [String(cell), part] as const
        }),
      )
    }),
  )
}

function ratedBy(voice: Voice, parts: ReadonlyMap<string, CellPart>): Rated[] {
  return Object.entries(voice).flatMap(([cell, steps]) => {
    const part = parts.get(cell)
    const values = part?.scales.flatMap((scale, index) => {
      const step = steps[index] ?? null
      return scale && step !== null ? [{ weight: scale.weight, value: percentOf(step, scale.steps) }] : []
    })
    const value = weightedMean(values ?? [])
    return part && value !== null ? [{ part: part.key, value }] : []
  })
}
