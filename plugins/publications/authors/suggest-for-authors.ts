import type { Language } from '@ustaz/core/contract'
import type { PeopleAccess, TeacherName as Teacher } from '@ustaz/core/plugin'
import type { Suggestion } from '../contract.ts'
import { divideName } from '../import/names.ts'
import { textOf } from '../texts.ts'
import type { Author, Work } from '../work.ts'
import { suggestTeachers } from './match-authors.ts'
import { indexTeachers } from './teacher-index.ts'

/** An author as printed, family name first. */
export function printedName({ family, given, literal }: Author): string {
  return [family, given].filter((part) => part !== null).join(' ') || (literal ?? '')
}

const fullName = ({ familyName, givenName, patronymic }: Teacher) =>
  [familyName, givenName, patronymic].filter((part) => part !== null).join(' ')

/** Suggestions shown for one author; who fits less is found by searching. */
const shown = 5
/** The least confidence at which a suggestion is worth a person's time. */
const worthwhile = 0.1

type Suggest = (author: Author) => Suggestion[]

function suggestFrom(teachers: readonly Teacher[], language: Language): Suggest {
  const candidatesFor = indexTeachers(teachers)
  const byId = new Map(teachers.map((teacher) => [teacher.id, teacher]))
  return (author) => {
    const fitting = suggestTeachers(author, candidatesFor(author))
    const best = fitting.filter(({ confidence }) => confidence >= worthwhile).slice(0, shown)
    return best.flatMap(({ teacherId, confidence, reasons }) => {
      const teacher = byId.get(teacherId)
      if (!teacher) return []
      const because = reasons.map((reason) => textOf(language, 'reasons', reason))
      return [{ teacherId, code: teacher.code, name: fullName(teacher), confidence, reasons: because }]
    })
  }
}

/** A name that stands under many works is compared once. */
function once(suggest: Suggest): Suggest {
  const known = new Map<string, Suggestion[]>()
  return (author) => {
    const { family, given, literal, orcid } = author
    const key = JSON.stringify([family, given, literal, orcid])
    const suggestions = known.get(key) ?? suggest(author)
    known.set(key, suggestions)
    return suggestions
  }
}

/** For each author of each work the teachers who may be meant, best first, with reasons in words. Nothing is attributed. */
export async function suggestForAuthors(
  works: readonly Work[],
  people: Pick<PeopleAccess, 'listTeachers'>,
  language: Language,
): Promise<{ name: string; suggestions: Suggestion[] }[][]> {
  const suggest = once(suggestFrom(await people.listTeachers(), language))
  return works.map(({ authors }) =>
    authors.map((author) => ({ name: printedName(author), suggestions: suggest(author) })),
  )
}

/** The same for names as a person typed them. */
export async function suggestForNames(
  names: readonly string[],
  people: Pick<PeopleAccess, 'listTeachers'>,
  language: Language,
): Promise<{ name: string; suggestions: Suggestion[] }[]> {
  const suggest = suggestFrom(await people.listTeachers(), language)
  return names.map((name, index) => {
    const author = { ...divideName(name), orcid: null, affiliations: [], sequence: index + 1 }
    return { name, suggestions: suggest(author) }
  })
}
