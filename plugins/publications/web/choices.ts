import type { Participant } from '@ustaz/core/contract'
import type { ProposedWork, Suggestion } from '../contract.ts'

/** What a person decided about one proposed work. */
export interface Choice {
  /** Enter it. */
  take: boolean
  /** For each author in the order printed: the teacher the author is; null: nobody of the university, or not decided. */
  teachers: readonly (ChosenTeacher | null)[]
  /** Teachers whom the source does not name. */
  added: readonly ChosenTeacher[]
}
export interface ChosenTeacher {
  teacherId: number
  name: string
}

/** Before anybody decided: new works are marked to be entered, no author is anybody. */
export function undecided(proposed: ProposedWork, isNew: boolean): Choice {
  return { take: isNew && proposed.known === null, teachers: proposed.authors.map(() => null), added: [] }
}

/** Takes each author's best suggestion that is at least so sure, where no other fits as well and none of them was taken already. */
export function withSuggestions(proposed: ProposedWork, choice: Choice, atLeast: number): Choice {
  const taken = new Set(chosenTeachers(choice).map(({ teacherId }) => teacherId))
  const teachers = choice.teachers.map((chosen, index) => {
    const [best, next] = proposed.authors[index]?.suggestions ?? []
    if (chosen || !best || best.confidence < atLeast || taken.has(best.teacherId)) return chosen
    if (next && next.confidence === best.confidence) return chosen
    taken.add(best.teacherId)
    return teacherOf(best)
  })
  return { ...choice, teachers }
}

export function chosenTeachers({ teachers, added }: Choice): ChosenTeacher[] {
  return [...teachers.filter((teacher) => teacher !== null), ...added]
}

/** A work can be entered once it is clear for at least one teacher. */
export function isReady(choice: Choice): boolean {
  return choice.take && chosenTeachers(choice).length > 0
}

/** All authors in the order printed, those who are teachers linked to them, then the teachers who were added. */
export function participantsOf(proposed: ProposedWork, choice: Choice): Participant[] {
  const authors = proposed.authors.map(({ name }, index) => ({
    name,
    teacher: choice.teachers[index] ?? null,
  }))
  const added = choice.added.map((teacher) => ({ name: teacher.name, teacher }))
  return [...authors, ...added].map(({ name, teacher }) => ({
    teacherId: teacher?.teacherId ?? null,
    name: teacher?.name ?? name,
    role: 'author',
    share: null,
    affiliated: teacher !== null,
  }))
}

export function teacherOf({ teacherId, name }: Suggestion): ChosenTeacher {
  return { teacherId, name }
}

/** What became of the suggestions that were likely enough: authors whose likeliest teacher was chosen, and those to whom another or nobody was. */
export function answersOf(proposed: ProposedWork, choice: Choice): { taken: number; declined: number } {
  const asked = proposed.authors.flatMap(({ suggestions: [best] }, index) =>
    best?.worthAsking ? [choice.teachers[index]?.teacherId === best.teacherId] : [],
  )
  const taken = asked.filter(Boolean).length
  return { taken, declined: asked.length - taken }
}
