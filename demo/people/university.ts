import type { LocalizedText } from '../../core/contract/text.ts'
import { Random } from '../random.ts'
import { facultyFields, fields } from '../words/fields.ts'
import type { FacultyId, FieldId } from '../words/fields.ts'

/** The plan of the demonstration university: everything else is drawn from it, piece by piece. */
export interface University {
  seed: string
  /** People who held a post on any day of the five years. */
  teachers: number
  code: string
  name: LocalizedText
  faculties: readonly Faculty[]
  departments: readonly Department[]
}
export interface Faculty {
  id: FacultyId
  code: string
  name: LocalizedText
}
export interface Department {
  /** Place in the list of departments, from 0. */
  index: number
  code: string
  name: LocalizedText
  faculty: FacultyId
  field: FieldId
  /** Numbers of its teachers: `size` of them from `first` on. */
  first: number
  size: number
}

export const universityCode = 'samal'
const universityName: LocalizedText = {
  kk: '«Самал» көрсетпе университеті',
  ru: 'Демонстрационный университет «Самал»',
  en: 'Samal Demonstration University',
}
const facultyNames: Readonly<Record<FacultyId, LocalizedText>> = {
  engineering: {
    kk: 'Инженерия және цифрлық технологиялар факультеті',
    ru: 'Факультет инженерии и цифровых технологий',
    en: 'Faculty of Engineering and Digital Technology',
  },
  technology: {
    kk: 'Технология және экология факультеті',
    ru: 'Факультет технологии и экологии',
    en: 'Faculty of Technology and Ecology',
  },
  economy: {
    kk: 'Экономика және құқық факультеті',
    ru: 'Факультет экономики и права',
    en: 'Faculty of Economics and Law',
  },
  humanities: {
    kk: 'Гуманитарлық факультет',
    ru: 'Гуманитарный факультет',
    en: 'Faculty of Humanities',
  },
}

/** A field has one department up to so many teachers on average; larger universities have several of a field. */
const largestDepartment = 40

export function planUniversity({ seed, teachers }: { seed: string; teachers: number }): University {
  const faculties = (Object.keys(facultyFields) as FacultyId[]).map((id) => ({
    id,
    code: `${universityCode}-${id}`,
    name: facultyNames[id],
  }))
  const departments = planDepartments(seed, teachers)
  return { seed, teachers, code: universityCode, name: universityName, faculties, departments }
}

function planDepartments(seed: string, teachers: number): Department[] {
  const ids = Object.entries(facultyFields).flatMap(([faculty, of]) =>
    of.map((field) => ({ faculty: faculty as FacultyId, field })),
  )
  const parts = Math.max(1, Math.ceil(teachers / ids.length / largestDepartment))
  const all = ids.flatMap((id) => Array.from({ length: parts }, (_, part) => ({ ...id, part, parts })))
  const random = new Random(seed, 'departments')
  const weights = all.map(() => 0.7 + 0.6 * random.unit())
  const bounds = boundsOf(weights, teachers)
  return all.map(({ faculty, field, part }, index) => {
    const first = bounds[index]!
    const size = bounds[index + 1]! - first
    return { index, faculty, field, first, size, ...nameDepartment(field, parts > 1 ? part + 1 : null) }
  })
}

/** Where each department begins, in the proportions of the weights; one more at the end. */
function boundsOf(weights: readonly number[], teachers: number): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  return [0, ...weights.map((weight) => Math.round((teachers * (sum += weight)) / total))]
}

function nameDepartment(field: FieldId, number: number | null): { code: string; name: LocalizedText } {
  const { kk, ru, en } = fields[field].programme
  const no = number === null ? '' : ` № ${number}`
  return {
    code: `${universityCode}-${field}${number === null ? '' : `-${number}`}`,
    name: {
      kk: `«${kk}» кафедрасы${no}`,
      ru: `Кафедра «${ru}»${no}`,
      en: `Department of ${en}${no.replace('№', 'No.')}`,
    },
  }
}

/** The department of a teacher's number. */
export function departmentOf({ departments }: University, teacher: number): Department {
  let low = 0
  let high = departments.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (departments[middle]!.first <= teacher) low = middle
    else high = middle - 1
  }
  return departments[low]!
}
