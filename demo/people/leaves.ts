import { academicYears, addDays, daysBetween, periodOf } from '../academic-years.ts'
import type { Random } from '../random.ts'
import type { Sex } from './names.ts'

export interface Leave {
  kind: 'maternity' | 'sick' | 'sabbatical' | 'unpaid'
  from: string
  /** Last day. */
  to: string
}

/** Chance of each in a year, with the days it lasts; maternity for women of the age, the others for all. */
const kinds = [
  { kind: 'maternity', chance: 0.06, days: [126, 420] },
  { kind: 'sick', chance: 0.02, days: [20, 60] },
  { kind: 'sabbatical', chance: 0.004, days: [90, 180] },
  { kind: 'unpaid', chance: 0.004, days: [30, 120] },
] as const

/** Leave that began within the five years, none overlapping another, all while the person was employed. */
export function drawLeaves(
  random: Random,
  person: { sex: Sex; birthYear: number; from: string; to: string | null },
): Leave[] {
  const leaves: Leave[] = []
  for (const year of academicYears) {
    const age = year - person.birthYear
    const leave = drawLeave(random, year, person.sex === 'female' && age >= 23 && age <= 40)
    const last = leaves.at(-1)
    const free = leave && leave.from > person.from && (!last || last.to < leave.from)
    if (free && (person.to === null || leave.to < person.to)) leaves.push(leave)
  }
  return leaves
}

function drawLeave(random: Random, year: number, mayBeMother: boolean): Leave | null {
  const possible = mayBeMother ? kinds : kinds.slice(1)
  const found = possible.find(({ chance }) => random.chance(chance))
  if (!found) return null
  const { from, to } = periodOf(year)
  const starts = addDays(from, random.integer(0, daysBetween(from, to)))
  return { kind: found.kind, from: starts, to: addDays(starts, random.integer(found.days[0], found.days[1])) }
}
