import { placesOf } from '../questions/places.ts'
import type { Question } from '../questions/question.ts'
import { weightedScales } from '../questions/weighted-scales.ts'
import type { Voice } from '../tables.ts'
import { estimateLinked } from './estimate-linked.ts'
import { estimateTeachers } from './estimate-teachers.ts'
import type { Estimate } from './estimate-teachers.ts'
import type { CampaignOutcome, PartOutcome, TalliedCell, TeacherOutcome } from './outcome.ts'
import { partsOf, shownQuestions } from './parts.ts'
import { medianOf, scoreOf } from './score.ts'

/** Teachers of a unit whose scores make a median that points at none of them. */
export const teachersForMedian = 5

/**
 * All that is ever shown of a campaign. What the answers about a teacher with fewer than the threshold say goes into nothing; everything
 * else is worked out from parts (`partsOf`), each of which has at least that many.
 */
export function workOut(cells: readonly TalliedCell[], about: About): CampaignOutcome {
  const teachers = outcomesOf(cells, about)
  return withEstimates(teachers, estimateTeachers(teachers, weightedScales(about.questions)))
}

/**
 * The same of a campaign whose answers are linked: only the scores differ, and only if they can be corrected for how strictly students judge
 * (`estimateLinked`); `components` is null where they cannot.
 */
export async function workOutLinked(
  cells: readonly TalliedCell[],
  voices: readonly Voice[],
  about: About,
): Promise<CampaignOutcome> {
  const teachers = outcomesOf(cells, about)
  const linked = await estimateLinked(teachers, voices, about)
  if (!linked) return workOut(cells, about)
  return { ...withEstimates(teachers, linked.estimates), components: linked.components }
}

interface About {
  questions: readonly Question[]
  threshold: number
  unitOf: ReadonlyMap<number, number>
}

/** All but what is estimated. */
function outcomesOf(
  cells: readonly TalliedCell[],
  { questions, threshold, unitOf }: About,
): TeacherOutcome[] {
  const byTeacher = Map.groupBy(cells, ({ teacher }) => teacher)
  return [...byTeacher].map(([teacher, own]) => {
    return teacherOutcome(own, { teacher, questions, threshold, unit: unitOf.get(teacher) ?? null })
  })
}

function withEstimates(
  teachers: readonly TeacherOutcome[],
  estimates: ReadonlyMap<number, Estimate>,
): CampaignOutcome {
  const estimated = teachers.map((one) => {
    const estimate = estimates.get(one.teacher) ?? null
    return { ...one, estimate, score: estimate?.raw ?? null }
  })
  return { teachers: estimated, units: mediansOf(estimated), components: null }
}

function teacherOutcome(
  cells: readonly TalliedCell[],
  about: { teacher: number; unit: number | null; questions: readonly Question[]; threshold: number },
): TeacherOutcome {
  const { teacher, unit, questions, threshold } = about
  const places = placesOf(questions)
  const counted = cells.map(({ id, answers, counts }) => ({
    id,
    answers,
    answered: places.map(({ answered }) => counts[answered] ?? 0),
  }))
  const students = cells.reduce((sum, cell) => sum + cell.students, 0)
  const parts = partsOf(counted, threshold)
  const hidden = {
    teacher,
    unit,
    students,
    answers: null,
    score: null,
    estimate: null,
    questions: [],
    parts: [],
  }
  if (!parts) return hidden
  const shown = shownQuestions(counted, threshold)
  const resultOf = (group: readonly TalliedCell[]): Omit<PartOutcome, 'cells'> => {
    const results = places.flatMap(({ question, answered, values }, index) =>
      shown[index]
        ? [
            {
              question: question.id,
              answers: addUp(group, answered),
              counts: values.map((place) => addUp(group, place)),
            },
          ]
        : [],
    )
    return {
      students: group.reduce((sum, cell) => sum + cell.students, 0),
      answers: group.reduce((sum, cell) => sum + cell.answers, 0),
      score: scoreOf(weightedScales(questions), results),
      questions: results,
    }
  }
  return {
    ...hidden,
    ...resultOf(cells),
    score: null,
    parts: parts.map((part) => ({
      cells: part.cells,
      ...resultOf(cells.filter(({ id }) => part.cells.includes(id))),
    })),
  }
}

function addUp(cells: readonly TalliedCell[], place: number): number {
  return cells.reduce((sum, { counts }) => sum + (counts[place] ?? 0), 0)
}

function mediansOf(teachers: readonly TeacherOutcome[]): CampaignOutcome['units'] {
  const known = teachers.filter(({ unit, score }) => unit !== null && score !== null)
  return [...Map.groupBy(known, ({ unit }) => unit!)].flatMap(([unit, own]) => {
    const median = medianOf(own.flatMap(({ score }) => score ?? []))
    return own.length >= teachersForMedian && median !== null ? [{ unit, teachers: own.length, median }] : []
  })
}
