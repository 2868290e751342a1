import type { TeacherName as Teacher } from '@ustaz/core/plugin'
import type { Author } from '../work.ts'
import { nameKeys } from './compare-names.ts'
import type { Candidate, TeacherName } from './match-authors.ts'
import { possibleFamilies } from './match-authors.ts'

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

/** Teachers who may be an author: those with the same ORCID iD, and those whose family name may agree. */
export type TeacherIndex = (author: Author) => Candidate[]

function push<T>(index: Map<string, T[]>, key: string, value: T): void {
  const values = index.get(key)
  if (values) values.push(value)
  else index.set(key, [value])
}

/** Indexes all teachers once, so that each author is compared with a few of them only. */
export function indexTeachers(teachers: readonly Teacher[]): TeacherIndex {
  const byFamily = new Map<string, Candidate[]>()
  const byOrcid = new Map<string, Candidate[]>()
  for (const candidate of teachers.map(candidateOf)) {
    for (const family of new Set(candidate.names.map((name) => name.family)))
      push(byFamily, family, candidate)
    if (candidate.orcid !== null) push(byOrcid, candidate.orcid, candidate)
  }
  const byKey = new Map<string, string[]>()
  for (const family of byFamily.keys()) {
    for (const key of new Set(nameKeys(family))) push(byKey, key, family)
  }
  return (author) => {
    const keys = possibleFamilies(author).flatMap(nameKeys)
    const families = new Set(keys.flatMap((key) => byKey.get(key) ?? []))
    const named = [...families].flatMap((family) => byFamily.get(family) ?? [])
    return [...new Set([...(byOrcid.get(author.orcid ?? '') ?? []), ...named])]
  }
}
