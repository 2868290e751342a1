import { academicYears } from '../academic-years.ts'
import { isEmployed, teacherAt } from '../people/teacher.ts'
import type { Teacher } from '../people/teacher.ts'
import type { Department, University } from '../people/university.ts'
import { Random } from '../random.ts'
import { fields } from '../words/fields.ts'

/** Tables of courses, groups, their teachers and students' grades, as a registrar would hand them over. */
export interface TeachingTables {
  courses: string[][]
  groups: string[][]
  teachers: string[][]
  grades: string[][]
}

const coursesOfDepartment = 6
const studentsOfGroup = 18
/** So many departments of a very large university have courses on record: what the page shows does not need more. */
const mostDepartments = 60

/**
 * What is taught: six courses in each department, three a term, in two groups of students a year. Grades follow the student's ability, the
 * severity of the course, how well the teacher teaches, and chance. Some things stand for what is not plain: a course with a single group
 * ever, a group of four, and in every seventh department a teacher who gives everybody more.
 */
export function drawTeaching(university: University): TeachingTables {
  const tables: TeachingTables = {
    courses: [['code', 'title']],
    groups: [['code', 'course', 'year', 'term', 'ended_on']],
    teachers: [['group', 'teacher']],
    grades: [['group', 'student', 'grade', 'attempts', 'attended']],
  }
  for (const department of university.departments.slice(0, mostDepartments))
    drawDepartment(university, department, tables)
  return tables
}

function drawDepartment(university: University, department: Department, tables: TeachingTables): void {
  const staff = Array.from({ length: department.size }, (_, i) => teacherAt(university, department.first + i))
  if (staff.length === 0) return
  const { disciplines } = fields[department.field]
  for (let c = 0; c < coursesOfDepartment; c++) {
    const course = `${department.code}-${c + 1}`
    const title = disciplines[c % disciplines.length]!
    tables.courses.push([course, c < disciplines.length ? title.kk : `${title.kk} ${c + 1}`])
    for (const year of academicYears) drawCourse({ university, department, staff, course, c, year }, tables)
  }
}

interface Taught {
  university: University
  department: Department
  staff: readonly Teacher[]
  course: string
  c: number
  year: number
}

function drawCourse(taught: Taught, tables: TeachingTables): void {
  const { department, staff, course, c, year } = taught
  const term = c < coursesOfDepartment / 2 ? 1 : 2
  const endedOn = term === 1 ? `${year + 1}-01-20` : `${year + 1}-06-05`
  const isOnce = department.index % 5 === 0 && c === 5
  if (isOnce && year !== 2024) return
  for (const letter of isOnce ? ['A'] : ['A', 'B']) {
    const present = staff.filter((teacher) => isEmployed(teacher, endedOn))
    // The same teacher keeps a course and letter while there: norms of years compare like with like.
    const teacher = present[(c * 2 + (letter === 'A' ? 0 : 1) + (year % 2)) % Math.max(1, present.length)]
    if (!teacher) continue
    const group = `${course}-${year}-${letter}`
    tables.groups.push([group, course, String(year), String(term), endedOn])
    tables.teachers.push([group, teacher.code])
    drawGrades({ ...taught, group, letter, teacher, endedOn }, tables)
  }
}

function drawGrades(
  { university, department, staff, course, c, year, group, letter, teacher }: Taught & { group: string; letter: string; teacher: Teacher; endedOn: string }, // prettier-ignore
  { grades }: TeachingTables,
): void {
  const random = new Random(university.seed, 'grades', group)
  const severity = new Random(university.seed, 'course', course).integer(-8, 8)
  const skill = new Random(university.seed, 'skill', teacher.number).integer(-3, 3)
  const isLenient = department.index % 7 === 2 && teacher === staff[0]
  const size = c === 4 && department.index % 6 === 1 && letter === 'B' ? 4 : studentsOfGroup
  for (let i = 0; i < size; i++) {
    const student = `S-${department.index}-${year}-${letter}-${i}`
    const ability = spread(new Random(university.seed, 'student', student), 11)
    const drawn = 70 + severity + skill + ability + spread(random, 7) + (isLenient ? 14 : 0)
    const came = !random.chance(0.03)
    const grade = Math.max(20, Math.min(100, Math.round(drawn)))
    grades.push([
      group,
      student,
      came ? String(grade) : '',
      grade < 50 || random.chance(0.05) ? '2' : '1',
      came ? '1' : '0',
    ])
  }
}

/** About normal, mean 0, with this standard deviation: a sum of three even draws. */
function spread(random: Random, deviation: number): number {
  return (random.unit() + random.unit() + random.unit() - 1.5) * 2 * deviation
}
