import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { CertaintySummary } from '../../../contract/resources/certainty.ts'
import type { RegulationDocument } from '../../../contract/regulation/document.ts'
import type { CoreTables } from '../../../database/tables.ts'
import type { Certainty } from '../assess.ts'
import { defaultAlternatives } from '../default-alternatives.ts'
import type { RunNumbers } from '../read-run.ts'
import { inOfficialPlaces } from './official-places.ts'

export interface Assessed {
  runId: number
  document: RegulationDocument
  numbers: RunNumbers
  certainty: Certainty
  errors: CertaintySummary['errors']
}

/** Writes what was worked out and marks it as done, once: false, and nothing is written, if somebody else did so meanwhile. */
export async function writeCertainty(db: Kysely<CoreTables>, assessed: Assessed): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const { settings, normalisation, aggregation } = assessed.numbers.input
    const used = {
      ...settings,
      normalisations: settings.normalisations ?? defaultAlternatives(normalisation, aggregation),
    }
    const marked = await trx
      .updateTable('run_certainty')
      .set({
        state: 'done',
        fraction: 1,
        finished_at: new Date(),
        settings: JSON.stringify(used),
        summary: JSON.stringify(summarise(assessed)),
      })
      .where('run_id', '=', assessed.runId)
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirst()
    if (marked.numUpdatedRows === 0n) return false
    await writeTeachers(trx, assessed)
    return true
  })
}

async function writeTeachers(
  trx: Transaction<CoreTables>,
  { runId, numbers, certainty, document }: Assessed,
): Promise<void> {
  const { teacherIds, leagues, input, official } = numbers
  const { lower, upper, median } = inOfficialPlaces(numbers, certainty, document)
  const rows = [...teacherIds.keys()].filter((row) => official.places[row]! > 0)
  const pick = <T>(read: (row: number) => T): T[] => rows.map(read)
  /** 0 stands for nothing. */
  const known = (values: Int32Array) => pick((row) => values[row]! || null)
  await sql`insert into core.run_certainty_teacher
      (run_id, teacher_id, league, place, lower_place, upper_place, median_place, tied_band, failed_share)
    select ${runId}, r.* from unnest(${pick((row) => teacherIds[row]!)}::bigint[],
      ${pick((row) => leagues[input.groups[row]!]!)}::text[], ${pick((row) => official.places[row]!)}::int[],
      ${known(lower)}::int[], ${known(upper)}::int[], ${known(median)}::int[], ${known(certainty.bands)}::int[],
      ${pick((row) => certainty.failedShare[row]!)}::real[]) r`.execute(trx)
}

function summarise({ numbers, certainty, errors }: Assessed): CertaintySummary {
  const areaOf = (column: number | null) => (column === null ? null : numbers.input.areas[column]!)
  return {
    replications: certainty.replications,
    bandReplications: certainty.bandReplications,
    samples: certainty.samples,
    meanShift: certainty.meanShift,
    choices: certainty.choices.map(({ choice, isOpen, alone, indices }) => ({
      choice,
      isOpen,
      alone,
      first: indices?.first ?? null,
      total: indices?.total ?? null,
    })),
    failures: certainty.failures.map(({ code, column, count }) => ({ code, area: areaOf(column), count })),
    errors,
    leagues: numbers.leagues.map((league, group) => summariseLeague(league, group, numbers, certainty)),
  }
}

function summariseLeague(
  league: string,
  group: number,
  { input }: RunNumbers,
  { bands, lower, upper, replications }: Certainty,
): CertaintySummary['leagues'][number] {
  const rows = [...input.ranked.keys()].filter((row) => input.ranked[row] === group)
  const sizes = new Map<number, number>()
  for (const row of rows) sizes.set(bands[row]!, (sizes.get(bands[row]!) ?? 0) + 1)
  const width = rows.reduce((sum, row) => sum + upper[row]! - lower[row]! + 1, 0)
  const nothing = rows.length === 0 || replications.failed === replications.asked
  return {
    league,
    teachers: rows.length,
    bands: nothing ? 0 : sizes.size,
    largestBand: nothing ? 0 : Math.max(...sizes.values()),
    meanWidth: nothing ? null : width / rows.length,
  }
}
