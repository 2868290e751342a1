import type { PeopleAccess, PostOfDay, TeacherName } from '@ustaz/core/plugin'
import { fold } from '../fold.ts'
import type { Author } from '../work.ts'
import type { Standing } from './author-features.ts'
import { suggestTeachers } from './match-authors.ts'
import type { Suggestion } from './match-authors.ts'
import { indexTeachers } from './teacher-index.ts'

/** All teachers, to be asked about many printed names. */
export interface KnownTeachers {
  byId: ReadonlyMap<number, TeacherName>
  /** Those whose names may be meant, best first by the rule. */
  candidatesFor(author: Author): Suggestion[]
  /** What is known of a candidate beside those who take part already. */
  standingOf(teacherId: number, taking: readonly number[]): Omit<Standing, 'together'>
}

export async function knowTeachers({
  people,
  now,
}: {
  people: Pick<PeopleAccess, 'listTeachers' | 'postsOn'>
  now(): Date
}): Promise<KnownTeachers> {
  const [teachers, posts] = await Promise.all([
    people.listTeachers(),
    people.postsOn(now().toISOString().slice(0, 10)),
  ])
  return indexKnown(teachers, posts)
}

export function indexKnown(
  teachers: readonly TeacherName[],
  posts: readonly Pick<PostOfDay, 'teacherId' | 'unitId'>[],
): KnownTeachers {
  const candidatesOf = indexTeachers(teachers)
  const byId = new Map(teachers.map((teacher) => [teacher.id, teacher]))
  const units = new Map(posts.map(({ teacherId, unitId }) => [teacherId, unitId]))
  const families = Map.groupBy(teachers, ({ familyName }) => fold(familyName))
  const known = new Map<string, Suggestion[]>()
  return {
    byId,
    candidatesFor(author) {
      const { family, given, literal, orcid } = author
      const key = JSON.stringify([family, given, literal, orcid])
      const found = known.get(key) ?? suggestTeachers(author, candidatesOf(author))
      known.set(key, found)
      return found
    },
    standingOf(teacherId, taking) {
      const unit = units.get(teacherId)
      const theirs = taking.flatMap((id) => units.get(id) ?? [])
      return {
        namesakes: families.get(fold(byId.get(teacherId)!.familyName))!.length,
        sameUnit: unit === undefined || theirs.length === 0 ? null : theirs.includes(unit),
      }
    },
  }
}
