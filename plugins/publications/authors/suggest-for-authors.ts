import type { Language } from '@ustaz/core/contract'
import type { PeopleAccess, TeacherName as Teacher } from '@ustaz/core/plugin'
import type { Suggestion } from '../contract.ts'
import { textOf } from '../texts.ts'
import type { Author, Work } from '../work.ts'
import type { Candidate, TeacherName } from './match-authors.ts'
import { suggestTeachers } from './match-authors.ts'
import { spellingsOf } from './spellings.ts'

/** An author as printed, family name first. */
export function printedName({ family, given, literal }: Author): string {
  return [family, given].filter((part) => part !== null).join(' ') || (literal ?? '')
}

const fullName = ({ familyName, givenName, patronymic }: Teacher) =>
  [familyName, givenName, patronymic].filter((part) => part !== null).join(' ')

/** The Latin name is one text, family name first as in documents; the comparison tries the other order by itself. */
function latinNameOf({ latinName }: Teacher): TeacherName[] {
  const [family, given, ...rest] = (latinName ?? '').split(/\s+/).filter((word) => word !== '')
  if (family === undefined || given === undefined) return []
  return [{ family, given, patronymic: rest.length > 0 ? rest.join(' ') : null }]
}

function candidateOf(teacher: Teacher): Candidate {
  const { id, familyName, givenName, patronymic, orcid } = teacher
  const own = { family: familyName, given: givenName, patronymic }
  return { teacherId: id, names: [own, ...latinNameOf(teacher)], orcid }
}

/** Names asked about at once. */
const batch = 400
/** Suggestions shown for one author; who fits less is found by searching. */
const shown = 5
/** The least confidence at which a suggestion is worth a person's time. */
const worthwhile = 0.1

async function findTeachers(names: readonly string[], people: PeopleAccess): Promise<Map<string, Teacher[]>> {
  const found = new Map<string, Teacher[]>()
  for (let from = 0; from < names.length; from += batch) {
    const some = names.slice(from, from + batch)
    const spellings = some.map(spellingsOf)
    const answers = await people.searchTeachers(spellings.flat())
    let place = 0
    for (const [i, name] of some.entries()) {
      const own = answers.slice(place, (place += spellings[i]?.length ?? 0)).flat()
      found.set(name, [...new Map(own.map((teacher) => [teacher.id, teacher])).values()])
    }
  }
  return found
}

function suggestionsFor(author: Author, teachers: readonly Teacher[], language: Language): Suggestion[] {
  const byId = new Map(teachers.map((teacher) => [teacher.id, teacher]))
  const worth = suggestTeachers(author, teachers.map(candidateOf)).filter(
    (one) => one.confidence >= worthwhile,
  )
  return worth.slice(0, shown).flatMap(({ teacherId, confidence, reasons }) => {
    const teacher = byId.get(teacherId)
    if (!teacher) return []
    const because = reasons.map((reason) => textOf(language, 'reasons', reason))
    return [{ teacherId, code: teacher.code, name: fullName(teacher), confidence, reasons: because }]
  })
}

/** For each author of each work the teachers who may be meant, best first, with reasons in words. Nothing is attributed. */
export async function suggestForAuthors(
  works: readonly Work[],
  people: PeopleAccess,
  language: Language,
): Promise<{ name: string; suggestions: Suggestion[] }[][]> {
  const names = new Set(works.flatMap(({ authors }) => authors.map(printedName)))
  const teachers = await findTeachers([...names], people)
  return works.map(({ authors }) =>
    authors.map((author) => {
      const name = printedName(author)
      return { name, suggestions: suggestionsFor(author, teachers.get(name) ?? [], language) }
    }),
  )
}
