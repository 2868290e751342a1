import type { Question, Words } from '../contract.ts'

export const questionKinds = ['scale', 'choice', 'choices', 'text'] as const
type Kind = (typeof questionKinds)[number]

const empty = (): Words => ({ kk: '', ru: '', en: '' })

/** An id that none of these has: q1, q2, ... */
export function freeId(known: readonly { id: string }[], letter: string): string {
  let number = known.length + 1
  while (known.some(({ id }) => id === `${letter}${number}`)) number += 1
  return `${letter}${number}`
}

/** A question without words. */
export function newQuestion(kind: Kind, known: readonly Question[]): Question {
  const base = { id: freeId(known, 'q'), text: empty() }
  if (kind === 'scale') return { ...base, kind, steps: 5, low: empty(), high: empty(), weight: 1 }
  if (kind === 'text') return { ...base, kind }
  return { ...base, kind, options: ['o1', 'o2'].map((id) => ({ id, text: empty() })) }
}

/** What a questionnaire begins with. */
export function firstQuestion(): Question {
  return {
    id: 'q1',
    kind: 'scale',
    text: {
      kk: 'Оқытушы материалды түсінікті түсіндіреді',
      ru: 'Преподаватель понятно объясняет материал',
      en: 'The teacher explains clearly',
    },
    steps: 5,
    low: { kk: 'мүлде келіспеймін', ru: 'совсем не согласен', en: 'not at all' },
    high: { kk: 'толық келісемін', ru: 'полностью согласен', en: 'entirely' },
    weight: 1,
  }
}

/** The list with one question moved up (-1) or down (1); unchanged at the ends. */
export function moved(questions: readonly Question[], index: number, by: -1 | 1): Question[] {
  const target = index + by
  const list = [...questions]
  if (target < 0 || target >= list.length) return list
  const [taken] = list.splice(index, 1)
  list.splice(target, 0, taken!)
  return list
}
