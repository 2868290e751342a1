import { expect, test } from 'vitest'
import { placeCount } from '../questions/places.ts'
import type { Question } from '../questions/question.ts'
import { readAnswer } from '../questions/read-answer.ts'
import type { Answer } from '../questions/read-answer.ts'
import { randomOf } from '../scores/test-answers.ts'
import type { Voice } from '../tables.ts'
import { testQuestions, words } from '../test-surveys.ts'
import type { CampaignOutcome, TalliedCell } from './outcome.ts'
import { workOut, workOutLinked } from './work-out.ts'

const clear: Question = {
  id: 'clear',
  kind: 'scale',
  text: words('Clear?'),
  steps: 10,
  low: words('no'),
  high: words('yes'),
  weight: 1,
}
const about = { questions: [clear], threshold: 5, unitOf: new Map<number, number>() }

/** What a person says, by cell; cells 11, 12 are of teacher 1, cells 21, 22 of teacher 2 and so on. */
type Said = Readonly<Record<number, number | Answer>>

/** Sums and voices of what people said, as they are stored. */
function store(said: readonly Said[], questions: readonly Question[] = about.questions) {
  const answers = said.flatMap((one) =>
    Object.entries(one).map(([cell, given]) => ({
      cell: Number(cell),
      answer: typeof given === 'number' ? { clear: given } : given,
    })),
  )
  const scales = questions.filter((one) => one.kind === 'scale' && one.weight > 0)
  const cells = [...Map.groupBy(answers, ({ cell }) => cell)]
    .sort(([a], [b]) => a - b)
    .map(([id, own]): TalliedCell => {
      const counts = Array.from({ length: placeCount(questions) }, () => 0)
      for (const { answer } of own)
        for (const place of readAnswer(questions, answer)!.places) counts[place]! += 1
      return { id, teacher: Math.floor(id / 10), students: 40, answers: own.length, counts }
    })
  const voices = said.map((one): Voice =>
    Object.fromEntries(
      Object.entries(one).map(([cell, given]) => {
        const answer = typeof given === 'number' ? { clear: given } : given
        return [cell, scales.map(({ id }) => (answer[id] as number | undefined) ?? null)]
      }),
    ),
  )
  return { cells, voices }
}
async function workOutOf(said: readonly Said[]): Promise<CampaignOutcome> {
  const { cells, voices } = store(said)
  return await workOutLinked(cells, voices, about)
}
const shown = ({ teachers, components }: CampaignOutcome) =>
  JSON.stringify({ teachers, components }, (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(6)) : value,
  )

/** Two halves of the students, one strict and one mild; teachers 1 to 3 are rated by both, 4 by the strict and 5 by the mild. All teach alike. */
function strictAndMild(): Said[] {
  const { normal } = randomOf(11)
  const step = (level: number) => Math.max(1, Math.min(10, Math.round(5.5 + level + normal(0.8))))
  return Array.from({ length: 40 }, (_, index) => {
    const level = index % 2 === 0 ? -2 : 2
    return { 11: step(level), 21: step(level), 31: step(level), [index % 2 === 0 ? 41 : 51]: step(level) }
  })
}

test('a teacher whom strict students rate does not lose by it, and the shares say why', async () => {
  const said = strictAndMild()
  const linked = await workOutOf(said)
  const sums = workOut(store(said).cells, about)
  const distance = (outcome: CampaignOutcome) => {
    const [strict, mild] = [4, 5].map(
      (id) => outcome.teachers.find(({ teacher }) => teacher === id)!.estimate!,
    )
    return mild!.shrunken! - strict!.shrunken!
  }
  expect(distance(sums)).toBeGreaterThan(20)
  expect(Math.abs(distance(linked))).toBeLessThan(5)
  const { student, teacher, answer } = linked.components!
  expect(student / (student + teacher + answer)).toBeGreaterThan(0.6)
  // The plain mean stays what was answered.
  const scores = ({ teachers }: CampaignOutcome) => teachers.map(({ score }) => score!.toFixed(9))
  expect(scores(linked)).toEqual(scores(sums))
  expect(linked.teachers.every(({ estimate }) => estimate!.low! < estimate!.high!)).toBe(true)
})

test('where nobody answered about several teachers results come from the sums, to the last digit', async () => {
  const said = Array.from({ length: 60 }, (_, index): Said => ({
    [10 * (1 + (index % 6)) + 1]: 1 + (index % 9),
  }))
  expect(await workOutOf(said)).toEqual(workOut(store(said).cells, about))
  // Four of each combination.
  const few = strictAndMild()
    .slice(0, 12)
    .map(
      ({ 11: a, 21: b, 31: c }, index): Said =>
        [
          { 11: a!, 21: b! },
          { 21: b!, 31: c! },
          { 11: a!, 31: c! },
        ][index % 3]!,
    )
  expect(await workOutOf(few)).toEqual(workOut(store(few).cells, about))
})

test('what one person said is in no figure: others with the same sums by combination give the same results', async () => {
  // Three of a combination, with the same sums by teacher and the same sum by person, but other answers of each.
  const one: Said[] = [
    { 11: 2, 21: 4, 31: 6 },
    { 11: 4, 21: 6, 31: 2 },
    { 11: 6, 21: 2, 31: 4 },
  ]
  const other: Said[] = [
    { 11: 2, 21: 6, 31: 4 },
    { 11: 4, 21: 2, 31: 6 },
    { 11: 6, 21: 4, 31: 2 },
  ]
  const rest = strictAndMild().map(({ 11: a, 21: b, 31: c }) => ({ 11: a!, 21: b!, 31: c! }))
  const first = await workOutOf([...rest, ...one])
  expect(first.components).not.toBeNull()
  expect(shown(await workOutOf([...rest, ...other]))).toBe(shown(first))
  // Other answers of persons that the sums tell apart would show.
  expect(
    shown(
      await workOutOf([...rest, { 11: 6, 21: 6, 31: 6 }, { 11: 4, 21: 4, 31: 4 }, { 11: 2, 21: 2, 31: 2 }]),
    ),
  ).not.toBe(shown(first))
})

test('who has a combination of teachers that is rare is not estimated with as one person', async () => {
  const { uniform } = randomOf(5)
  const step = () => 1 + Math.floor(10 * uniform())
  // Six people of whom no two have the same teachers.
  const rare = [[11, 41], [11, 51], [21, 41], [21, 51], [31, 41], [31, 51]].map((cells) => cells.map((cell) => [cell, step()] as const)) // prettier-ignore
  const asPersons = rare.map((own): Said => Object.fromEntries(own))
  const asStrangers = rare.flat().map(([cell, value]): Said => ({ [cell]: value }))
  const others = strictAndMild()
  expect(shown(await workOutOf([...others, ...asPersons]))).toBe(
    shown(await workOutOf([...others, ...asStrangers])),
  )
})

test('what is said about a teacher below the threshold changes nothing that is shown of anybody', async () => {
  const others = strictAndMild()
  const about61 = (steps: readonly number[]) =>
    others.map((one, index): Said => (index < 4 ? { ...one, 61: steps[index]! } : one))
  const low = await workOutOf(about61([1, 1, 1, 1]))
  expect(low.teachers.find(({ teacher }) => teacher === 6)).toMatchObject({
    answers: null,
    score: null,
    estimate: null,
    questions: [],
  })
  expect(shown(await workOutOf(about61([10, 2, 9, 3])))).toBe(shown(low))
  expect(low.components).not.toBeNull()
})

test('a question that few answered about a teacher counts in nothing about the teacher', async () => {
  const questions = testQuestions
  const said = strictAndMild().map((one) =>
    Object.fromEntries(
      Object.entries(one).map(([cell, step]) => [cell, { clear: Math.ceil((step as number) / 2) }]),
    ),
  )
  const withFew = (fair: number) =>
    said.map((one, index): Said => (index < 3 ? { ...one, 11: { ...(one[11] as object), fair } } : one))
  const results = await Promise.all(
    [1, 3].map(async (fair) => {
      const { cells, voices } = store(withFew(fair), questions)
      return await workOutLinked(cells, voices, { ...about, questions })
    }),
  )
  expect(results[0]!.components).not.toBeNull()
  expect(shown(results[1]!)).toBe(shown(results[0]!))
})
