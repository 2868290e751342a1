import { allEntries } from '../../demo/evidence/all-entries.ts'
import { postOn, teacherAt } from '../../demo/people/teacher.ts'
import { planUniversity } from '../../demo/people/university.ts'
import type { MatchExample, TeacherName } from '../../core/plugin/index.ts'
import { seeded } from '../../plugins/forecast/network/random.ts'
import { authorExamples } from '../../plugins/publications/authors/author-matching.ts'
import { indexKnown } from '../../plugins/publications/authors/know-teachers.ts'
import {
  isCyrillic,
  transliterate,
  transliterationSystems,
} from '../../plugins/publications/authors/transliterate.ts'

/** The demonstration prints full names and its own system of transliteration; journals print initials and any system. */
function printedAs(author: Record<string, unknown>, random: () => number): Record<string, unknown> {
  const [family, given] = [String(author['family']), String(author['given'])]
  const system = transliterationSystems[Math.floor(random() * transliterationSystems.length)]!
  const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
  const written = (name: string) =>
    isCyrillic(name) && random() < 0.7 ? capital(transliterate(name, system)) : name
  const short = random() < 0.7 ? `${written(given).charAt(0)}.` : written(given)
  return { ...author, family: written(family), given: short, orcid: random() < 0.15 ? author['orcid'] : null }
}

/** Printed names of the demonstration's approved works, as a journal might print them, and who they are. */
export function authorQuestions(teachers: number, seed: number): MatchExample[] {
  const university = planUniversity({ seed: 'samal', teachers })
  const random = seeded(seed)
  const all = Array.from({ length: teachers }, (_, number) => teacherAt(university, number))
  const names = all.map(({ number, code, name, orcid }): TeacherName => {
    const { family, given, patronymic, latin } = name
    return {
      ...{
        id: number + 1,
        code,
        familyName: family,
        givenName: given,
        patronymic: patronymic ?? null,
        orcid,
      },
      latinName: number % 3 === 0 ? `${latin.family} ${latin.given}` : null,
    }
  })
  const posts = all.flatMap((teacher) => {
    const post = postOn(teacher, '2025-12-31')
    return post ? [{ teacherId: teacher.number + 1, unitId: post.department }] : []
  })
  const works = [...allEntries(university)]
    .filter(({ indicator, state }) => indicator === 'publications.work' && state === 'approved')
    .map(({ data, participants }, id) => ({
      id,
      data: {
        ...data,
        authors: (data['authors'] as Record<string, unknown>[]).map((one) => printedAs(one, random)),
      },
      participants: participants.map(({ teacher, name }) => ({
        teacherId: teacher === null ? null : teacher + 1,
        name,
      })),
    }))
  return authorExamples(works, indexKnown(names, posts))
}
