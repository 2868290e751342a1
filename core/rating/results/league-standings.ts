import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { LeagueStanding } from '../../contract/resources/publication.ts'
import type { CoreTables } from '../../database/tables.ts'
import { smallestGroup } from '../fairness/hide-groups.ts'
import type { FinishedRun } from './find-run.ts'

/** How many ranges of one width a league is cut into before small ones are joined. */
const cuts = 12

/** How totals are spread in each league, without names; leagues and ranges of fewer than five people are not told. */
export async function readLeagueStandings(
  db: Kysely<CoreTables>,
  run: FinishedRun,
): Promise<LeagueStanding[]> {
  const { rows } = await sql<{ league: string; totals: string[] }>`
    select league, array_agg(total_rounded::text order by total_rounded) as totals
    from core.run_teacher where run_id = ${run.id} and status = 'ranked' group by league`.execute(db)
  const found = new Map(rows.map(({ league, totals }) => [league, totals.map(Number)]))
  return run.document.leagues.map(({ id, title }) => {
    const totals = found.get(id) ?? []
    return { league: id, title, ranked: totals.length, ...spreadOf(totals, run.document.rounding.digits) }
  })
}

/** Of rising totals, as they are shown: floats are exact enough for a drawing, and no place comes from here. */
export function spreadOf(
  totals: readonly number[],
  digits: number,
): Pick<LeagueStanding, 'median' | 'ranges'> {
  if (totals.length < smallestGroup) return { median: null, ranges: [] }
  const shown = (value: number) => value.toFixed(digits)
  const middle = (totals[Math.floor((totals.length - 1) / 2)]! + totals[Math.floor(totals.length / 2)]!) / 2
  const ranges = rangesOf(totals)
  return {
    median: shown(middle),
    ranges: ranges.map(({ from, to, count }) => ({ from: shown(from), to: shown(to), count })),
  }
}

interface Range {
  from: number
  to: number
  count: number
}

/** Ends lie on round numbers, so that they are nobody's total; a range under five is joined with the next, the last with the one before. */
function rangesOf(totals: readonly number[]): Range[] {
  const [lowest, highest] = [totals[0]!, totals.at(-1)!]
  const width = roundWidth((highest - lowest) / cuts)
  const start = Math.floor(lowest / width) * width
  const steps = Math.floor((highest - start) / width) + 1
  const joined: Range[] = []
  let open: Range = { from: start, to: start, count: 0 }
  for (let step = 0; step < steps; step++) {
    const to = start + (step + 1) * width
    const count = totals.filter((total) => Math.floor((total - start) / width) === step).length
    open = { from: open.from, to, count: open.count + count }
    if (open.count < smallestGroup) continue
    joined.push(open)
    open = { from: to, to, count: 0 }
  }
  if (open.count === 0) return joined
  const last = joined.pop()
  return [...joined, last ? { from: last.from, to: open.to, count: last.count + open.count } : open]
}

/** 1, 2 or 5 times a power of ten, not below the wanted width. */
function roundWidth(wanted: number): number {
  if (wanted <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(wanted))
  return [1, 2, 5, 10].map((factor) => factor * power).find((width) => width >= wanted)!
}
