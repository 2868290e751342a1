import { firstYear, lastYear, periodOf } from '../academic-years.ts'
import { positions } from './posts.ts'
import { isEmployed, postOn, teacherAt } from './teacher.ts'
import type { Teacher } from './teacher.ts'
import type { Department, University } from './university.ts'

/** Who leads a unit, from the first day of the five years or of the post. */
export interface Leader {
  teacher: Teacher
  since: string
}
export interface Leaders {
  /** By place in the list of departments; null: nobody is employed. */
  departments: readonly (Leader | null)[]
  /** By place in the list of faculties; the head of highest position, who leads the own department too. */
  faculties: readonly (Leader | null)[]
}

const known = new WeakMap<University, Leaders>()

/** Who leads the units at the end of the five years: those of highest position. Drawn once for a university. */
export function leadersOf(university: University): Leaders {
  const leaders = known.get(university) ?? drawLeaders(university)
  known.set(university, leaders)
  return leaders
}

function drawLeaders(university: University): Leaders {
  const departments = university.departments.map((department) => headOf(university, department))
  const faculties = university.faculties.map(({ id }) => {
    const heads = departments.filter((_, i) => university.departments[i]!.faculty === id)
    return (
      heads.filter((head) => head !== null).toSorted((a, b) => rankOf(a.teacher) - rankOf(b.teacher))[0] ??
      null
    )
  })
  return { departments, faculties }
}

function headOf(university: University, { first, size }: Department): Leader | null {
  const teachers = Array.from({ length: size }, (_, i) => teacherAt(university, first + i))
  const present = teachers.filter((teacher) => isEmployed(teacher, periodOf(lastYear).to))
  const [teacher] = present.toSorted((a, b) => rankOf(a) - rankOf(b))
  if (!teacher) return null
  const began = teacher.posts[0]!.from
  const start = periodOf(firstYear).from
  return { teacher, since: began > start ? began : start }
}

/** 0: the highest; somebody whose position is unknown ranks as a lecturer. */
function rankOf(teacher: Teacher): number {
  return positions.indexOf(postOn(teacher, periodOf(lastYear).to)?.position ?? 'lecturer')
}
