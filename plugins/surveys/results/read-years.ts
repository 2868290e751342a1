import { UstazError } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Year } from '../contract.ts'
import { toDecimal } from '../scores/index.ts'
import type { SurveyTables } from '../tables.ts'
import { besideMedian, changesOf } from './compare-years.ts'
import type { Change, YearFigures } from './compare-years.ts'
import { noMedianColumn } from './read-results.ts'

interface Row extends Omit<Year, 'change' | 'beside'> {
  versionId: number
  standardError: string | null
}

/**
 * All closed surveys about a teacher, oldest first, each beside the one before it and the department. `teachers`: whose results may be seen; null:
 * everybody's. Throws `surveys.result-not-found` (404) where there is none to be seen.
 */
export async function readYears(
  db: Kysely<SurveyTables>,
  { teacherId, teachers }: { teacherId: number; teachers: readonly number[] | null },
): Promise<Year[]> {
  const isSeen = teachers === null || teachers.includes(teacherId)
  const rows = isSeen ? await readRows(db, teacherId) : []
  if (rows.length === 0) throw new UstazError('surveys.result-not-found', { status: 404 })
  const figures = rows.map(figuresOf)
  const changes = changesOf(figures)
  return rows.map(({ versionId: _version, standardError: _error, ...row }, index) => ({
    ...row,
    change: changeText(changes[index] ?? null),
    beside: besideMedian(figures[index]!),
  }))
}

async function readRows(db: Kysely<SurveyTables>, teacherId: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select r.campaign_id as "campaignId", c.period_to as "periodTo", c.title, c.version_id as "versionId", r.students, c.threshold, r.answers,
      trim_scale(r.score)::text as score, trim_scale(r.shrunken)::text as shrunken, r.standard_error::text as "standardError",
      trim_scale(r.low)::text as low, trim_scale(r.high)::text as high, trim_scale(u.median)::text as "unitMedian",
      ${noMedianColumn}
    from plugin_surveys.teacher_result r join plugin_surveys.campaign c on c.id = r.campaign_id
    left join plugin_surveys.unit_result u on u.campaign_id = r.campaign_id and u.unit_id = r.unit_id
    where r.teacher_id = ${teacherId} order by c.period_to, c.id`.execute(db)
  return rows
}

const numberOf = (text: string | null) => (text === null ? null : Number(text))

function figuresOf(row: Row): YearFigures {
  return {
    campaignId: row.campaignId,
    versionId: row.versionId,
    shrunken: numberOf(row.shrunken),
    standardError: numberOf(row.standardError),
    low: numberOf(row.low),
    high: numberOf(row.high),
    unitMedian: numberOf(row.unitMedian),
  }
}

function changeText(change: Change | null): Year['change'] {
  if (!change) return null
  const { difference, margin, ...rest } = change
  return { ...rest, difference: toDecimal(difference)!, margin: toDecimal(margin)! }
}
