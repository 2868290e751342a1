import { UstazError } from '@ustaz/core/contract'
import type { EntriesOf, Period, PluginContext, Scope, YearCount } from '@ustaz/core/plugin'
import type { YearSoFar } from '../contract.ts'
import type { ForecastTables, SubjectKind } from '../tables.ts'
import { projectYear } from './project-year.ts'

type Context = Pick<PluginContext<ForecastTables>, 'evidence' | 'people' | 'runs' | 'now'>
export interface YearQuery {
  kind: SubjectKind
  subjectId: number
  /** Day of the question; absent: today. */
  on?: string | undefined
}

const earlierYears = 5
const dayMilliseconds = 86_400_000

/**
 * Where a year's evidence stands against the same day in earlier years. Throws `forecast.subject-not-found` (404) also where the scope does
 * not cover the subject.
 */
export async function readYear(context: Context, query: YearQuery, scope: Scope): Promise<YearSoFar> {
  const of = await entriesOf(context, query, scope)
  const today = context.now().toISOString().slice(0, 10)
  const on = query.on ?? today
  const years = yearsUntil(on, await firstDayOf(context))
  const counts = await context.evidence.countYears(years, of)
  const current = counts.at(-1)!
  const earlier = counts.slice(0, -1).filter(({ dated }) => sumOf(dated) > 0)
  const basis = enteredInTime(earlier) ? 'entered' : 'dated'
  const day = daysBetween(current.from, on)
  const standingOf = (count: YearCount) => sumOf(count[basis].slice(0, day + 1))
  const found = projectYear(
    standingOf(current),
    earlier.map((count) => ({ standing: standingOf(count), final: sumOf(count.dated) })),
  )
  return {
    kind: query.kind,
    subjectId: query.subjectId,
    teacherId: query.kind === 'teacher' ? query.subjectId : null,
    on,
    day,
    basis,
    years: [...earlier, current].map((count) => ({
      from: count.from,
      to: count.to,
      standing: standingOf(count),
      final: count.to < today ? sumOf(count.dated) : null,
      weeks: weekly(count[basis].slice(0, count === current ? day + 1 : count.dated.length)),
    })),
    projection: typeof found === 'string' ? null : found,
    refusal: typeof found === 'string' ? found : null,
    peaks: basis === 'entered' && earlier.length > 0 ? sharesByWeek(earlier) : null,
    undated: await context.evidence.countUndated(current.from, of),
  }
}

async function entriesOf(
  { people }: Context,
  { kind, subjectId }: YearQuery,
  scope: Scope,
): Promise<EntriesOf> {
  const refuse = () => new UstazError('forecast.subject-not-found', { status: 404 })
  if (kind === 'university') {
    if (!scope.all) throw refuse()
    return 'everybody'
  }
  if (kind !== 'teacher') {
    if (!scope.all && !scope.unitIds.includes(subjectId)) throw refuse()
    return { unitId: subjectId }
  }
  const seen = await people.teachersIn(scope)
  const isThere =
    seen?.includes(subjectId) ?? (await people.listTeachers()).some(({ id }) => id === subjectId)
  if (!isThere) throw refuse()
  return { teacherId: subjectId }
}

/** MM-DD on which rated years begin, by the newest official rating; a year that was never rated begins in January. */
async function firstDayOf({ runs }: Context): Promise<string> {
  return (await runs.listOfficial()).at(-1)?.periodFrom.slice(5) ?? '01-01'
}

/** The year that holds a day, after as many before it, oldest first. */
export function yearsUntil(on: string, firstDay: string): Period[] {
  const year = Number(on.slice(0, 4)) - (on.slice(5) < firstDay ? 1 : 0)
  return Array.from({ length: earlierYears + 1 }, (_, index) => {
    const from = `${year - earlierYears + index}-${firstDay}`
    const next = Date.parse(`${year - earlierYears + index + 1}-${firstDay}`)
    return { from, to: new Date(next - dayMilliseconds).toISOString().slice(0, 10) }
  })
}

/** Whether most entries of earlier years were entered while these lasted; else the day they were entered says nothing. */
function enteredInTime(counts: readonly YearCount[]): boolean {
  const late = counts.reduce((sum, { entered }) => sum + entered.at(-1)!, 0)
  const all = counts.reduce((sum, { dated }) => sum + sumOf(dated), 0)
  return late <= all / 2
}

/** Entries up to the end of each week of the year; the week of the last day is as long as it is. */
function weekly(days: readonly number[]): number[] {
  const weeks: number[] = []
  let sum = 0
  days.forEach((count, day) => {
    sum += count
    if (day % 7 === 6 || day === days.length - 1) weeks.push(sum)
  })
  return weeks
}

/** What part of a year's entries was entered in each of its weeks, every earlier year counting alike; together less than 1 where some came later. */
function sharesByWeek(counts: readonly YearCount[]): number[] {
  const shares = Array.from({ length: 53 }, () => 0)
  for (const { dated, entered } of counts) {
    const all = sumOf(dated)
    entered.slice(0, dated.length).forEach((count, day) => {
      shares[Math.floor(day / 7)]! += count / all / counts.length
    })
  }
  return shares
}

const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMilliseconds)
