import { UstazError } from '@ustaz/core/contract'
import type { TableCells } from '@ustaz/core/plugin'

/** What a person says about a gradebook that the file itself does not. */
export interface MoodleOrder {
  /** Code of the group whose gradebook it is. */
  group: string
  /** By what a student is recognised in all files: the ID number, or the address where Moodle has no numbers. */
  studentBy: 'idnumber' | 'email'
  /** Greatest grade of the course, for grades that are no percents. */
  maximum: number
  /** Heading of the column to take; absent: the course's total. */
  item?: string
}

/** Headings as Moodle writes them: language packs en (4.x), ru and kk (3.10); what kk leaves untranslated stands in English. */
const headings = {
  idnumber: ['ID number', 'Индивидуальный номер', 'Жекеше нөмір'],
  email: ['Email address', 'Адрес электронной почты', 'e-mail'],
} as const
const totals = ['Course total', 'Итоговая оценка за курс'] as const
const displays = { percentage: ['Percentage', 'Проценты'], real: ['Real', 'Значение'] } as const

/** What a grade column gives: percents as they are, or points of a maximum. */
interface GradeColumn {
  place: number
  isPercent: boolean
}

/**
 * A table of grades out of the gradebook that Moodle exports as CSV, XLSX or ODS, one line for each of its lines, in the same places; a "-" is no
 * grade. Only the students' number (or address) and one grade are taken: names go no further than this function. Throws
 * `teaching.moodle-student` and `teaching.moodle-total` where the columns are not there, `teaching.moodle-letters` where only letters are.
 */
export function readMoodle({ rows, notices }: TableCells, order: MoodleOrder): TableCells {
  const header = (rows[0] ?? []).map(clean)
  const student = header.findIndex((heading) => isAmong(headings[order.studentBy], heading))
  if (student === -1) throw refusal('moodle-student', { headings: [...headings[order.studentBy]] })
  const grade = findGrade(header, order.item)
  const taken = rows.slice(1).map((row) => {
    const cells = [row[student] ?? '', toPercent(row[grade.place] ?? '', grade, order.maximum)]
    return row.every((cell) => clean(cell) === '') ? [] : [order.group, ...cells]
  })
  return { rows: [['group', 'student', 'grade'], ...taken], notices }
}

const clean = (cell: string) => cell.replaceAll(/\s+/g, ' ').trim()
const isAmong = (known: readonly string[], heading: string) =>
  known.some((name) => name.toLowerCase() === heading.toLowerCase())
const refusal = (code: string, params: Record<string, string[]>) =>
  new UstazError(`teaching.${code}`, { status: 422, params })

function findGrade(header: readonly string[], item: string | undefined): GradeColumn {
  const displayed = (place: number): GradeColumn => ({
    place,
    isPercent: endsWith(header[place], displays.percentage),
  })
  if (item !== undefined) {
    const place = header.findIndex((heading) => heading.toLowerCase() === clean(item).toLowerCase())
    if (place === -1) throw refusal('moodle-total', { found: header.filter(Boolean) })
    if (!endsWith(header[place], [...displays.percentage, ...displays.real]))
      throw refusal('moodle-letters', {})
    return displayed(place)
  }
  const places = [...header.keys()].filter((place) =>
    totals.some((total) => header[place]!.startsWith(`${total} (`)),
  )
  if (places.length === 0) throw refusal('moodle-total', { found: header.filter(Boolean) })
  const best = (kind: keyof typeof displays) =>
    places.find((place) => endsWith(header[place], displays[kind]))
  const place = best('percentage') ?? best('real')
  if (place === undefined) throw refusal('moodle-letters', {})
  return displayed(place)
}

const endsWith = (heading = '', names: readonly string[]) =>
  names.some((name) => heading.toLowerCase().endsWith(`(${name.toLowerCase()})`))

/** Points as percents of the maximum, to two decimals; what is no number goes on as it is, to be refused with its line. */
function toPercent(cell: string, { isPercent }: GradeColumn, maximum: number): string {
  const text = clean(cell)
  if (text === '-' || text === '') return ''
  const [, whole = '', decimals = ''] = /^(\d{1,6})(?:[.,](\d{1,6}))?$/.exec(text) ?? []
  if (isPercent || whole === '' || maximum === 100) return text
  const millionths = BigInt(whole + decimals.padEnd(6, '0'))
  const hundredths = (millionths * 10_000n + BigInt(maximum) * 500_000n) / (BigInt(maximum) * 1_000_000n)
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`
}
