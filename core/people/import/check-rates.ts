import type { Line, Row } from './definition.ts'
import { keyOf } from './definition.ts'

/** Rates are added in thousandths, since 0.1 + 0.2 is not 0.3 in binary. */
const mostThousandths = 2000
const appointmentKey = { key: ['teacher', 'unit', 'starts_on'] }

/** Days (inclusive) on which somebody's rates add up to more than 2; `to` null: without end. */
interface Overload {
  from: string
  to: string | null
  thousandths: number
}

/** Warns where the rates of one teacher's appointments, those of the file and those known, add up to more than 2.0 on a day. */
export function checkRates(lines: readonly Line[], known: readonly Row[]): void {
  const whole = lines.filter(({ after, faults }) => faults.length === 0 && after.rate && after.starts_on)
  const rows = new Map(known.map((row) => [keyOf(appointmentKey, row), row]))
  for (const { after } of whole) rows.set(keyOf(appointmentKey, after), after)
  const overloads = new Map<string | null | undefined, Overload[]>()
  for (const [teacher, held] of Map.groupBy(rows.values(), ({ teacher }) => teacher)) {
    overloads.set(teacher, findOverloads(held))
  }
  for (const { after, warnings } of whole) {
    const overload = overloads.get(after.teacher)?.find((days) => meets(days, after))
    if (!overload) continue
    const day = overload.from > after.starts_on! ? overload.from : after.starts_on!
    warnings.push({
      path: 'rate',
      code: 'import.rates-over',
      params: { total: overload.thousandths / 1000, day },
    })
  }
}

function meets({ from, to }: Overload, { starts_on: start, ends_on: end }: Row): boolean {
  return (to === null || to >= start!) && (!end || end >= from)
}

/** Walks over the days on which the sum changes; a last day ends with "~" so that it sorts after the day itself. */
export function findOverloads(appointments: readonly Row[]): Overload[] {
  if (appointments.length < 2) return []
  const overloads: Overload[] = []
  let sum = 0
  let open: Overload | null = null
  for (const { at, change } of changesOf(appointments)) {
    sum += change
    if (sum > mostThousandths) {
      open ??= { from: at.slice(0, 10), to: null, thousandths: sum }
      open.thousandths = Math.max(open.thousandths, sum)
    } else if (open) {
      overloads.push({ ...open, to: at.slice(0, 10) })
      open = null
    }
  }
  return open ? [...overloads, open] : overloads
}

function changesOf(appointments: readonly Row[]): { at: string; change: number }[] {
  return appointments
    .flatMap(({ rate, starts_on: from, ends_on: to }) => {
      const thousandths = Math.round(Number(rate) * 1000)
      const begin = { at: from!, change: thousandths }
      return to ? [begin, { at: `${to}~`, change: -thousandths }] : [begin]
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
