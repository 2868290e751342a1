import type { WrittenText } from '../tables.ts'
import { placesOf } from './places.ts'
import type { Places } from './places.ts'
import type { Question } from './question.ts'
import { longestText } from './question.ts'

/** What a phone sends: by question the step, the option, the options or the text. A question that is left out was not answered. */
export type Answer = Readonly<Record<string, number | string | readonly string[]>>

/** An answer as it is added up. */
export interface CountedAnswer {
  /** Each place to be counted up by one, none twice. */
  places: number[]
  texts: WrittenText[]
}

/** null: it is no answer to these questions, or answers none of them. */
export function readAnswer(questions: readonly Question[], answer: Answer): CountedAnswer | null {
  const places = new Map(placesOf(questions).map((one) => [one.question.id, one]))
  const counted: CountedAnswer = { places: [], texts: [] }
  for (const [id, value] of Object.entries(answer)) {
    const known = places.get(id)
    const chosen = known ? valuesOf(known, value) : null
    if (known && chosen) counted.places.push(known.answered, ...chosen)
    else if (!known && isText(questions, id) && typeof value === 'string') {
      const text = value.trim().slice(0, longestText)
      if (text !== '') counted.texts.push({ question: id, text })
    } else return null
  }
  return counted.places.length + counted.texts.length > 0 ? counted : null
}

const isText = (questions: readonly Question[], id: string) =>
  questions.some((question) => question.id === id && question.kind === 'text')

/** Places of the values that were chosen; null: no such values. */
function valuesOf({ question, values }: Places, value: Answer[string]): number[] | null {
  if (question.kind === 'scale') {
    const place = typeof value === 'number' && Number.isInteger(value) ? values[value - 1] : undefined
    return place === undefined ? null : [place]
  }
  if (question.kind === 'text') return null
  const chosen = question.kind === 'choice' ? [value] : value
  if (!Array.isArray(chosen) || chosen.length === 0 || new Set(chosen).size !== chosen.length) return null
  const places = chosen.map((option) => values[question.options.findIndex(({ id }) => id === option)])
  return places.every((place) => place !== undefined) ? places : null
}
