import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { ImportKind, Line, Row } from '../people/import/definition.ts'
import { text } from '../people/import/read-value.ts'
import type { ReadValue } from '../people/import/read-value.ts'

/** A whole number from 1. */
const readPlace: ReadValue = (value) =>
  /^[1-9]\d{0,5}$/.test(value) ? value : { code: 'import.place', params: { value } }

/** A decimal number with comma or point, below 0 too, of at most 12 digits before it and 12 after. */
const readPoints: ReadValue = (value) => {
  const [, sign = '', whole = '', fraction = ''] = /^([-−]?)(\d{1,12})(?:[.,](\d{1,12}))?$/.exec(value) ?? []
  if (whole === '') return { code: 'import.points', params: { value } }
  const decimals = fraction.replace(/0+$/, '')
  return `${sign === '' ? '' : '-'}${whole.replace(/^0+(?=\d)/, '')}${decimals === '' ? '' : `.${decimals}`}`
}

export const oldRatingColumns: ImportKind['columns'] = {
  code: {
    required: true,
    read: text(64),
    aliases: ['teacher', 'teacher code', 'таб. №', 'табельный номер', 'табель нөмірі'],
    example: 'T-0001',
  },
  place: { read: readPlace, aliases: ['rank', 'место', 'орын', '№'], example: '12' },
  total: { read: readPoints, aliases: ['points', 'score', 'баллы', 'баллов', 'ұпай'], example: '431.5' },
  league: {
    read: text(100),
    aliases: ['group', 'группа', 'топ'],
    example: { kk: 'Доценттер', ru: 'Доценты', en: 'Docents' },
  },
}

/**
 * The import of an old rating beside a run. Teachers are named by their codes and need not be known: whoever has left is in the old
 * rating only. The rating itself comes to be with its first line.
 */
export function oldRatingImport(
  run: { id: number; snapshotId: number },
  by: { accountId: number; at: Date },
): ImportKind {
  let inRun: ReadonlySet<string> = new Set()
  return {
    kind: 'old-rating',
    key: ['code'],
    columns: oldRatingColumns,
    async readKnown(trx, lines) {
      const codes = lines.flatMap(({ values }) => values['code'] ?? [])
      inRun = await readCodes(trx, run, codes)
      const { rows } = await sql<Row>`
        select p.code, p.place::text, trim_scale(p.total)::text as total, p.league
        from shadow_place p join shadow s on s.id = p.shadow_id
        where s.run_id = ${run.id} and p.code = any(${codes}::text[])`.execute(trx)
      return rows
    },
    check(lines) {
      for (const line of lines) checkLine(line, inRun)
    },
    async insert(trx, rows) {
      await sql`insert into shadow (run_id, created_by, created_at) values (${run.id}, ${by.accountId}, ${by.at})
        on conflict (run_id) do nothing`.execute(trx)
      await sql`insert into shadow_place (shadow_id, code, place, total, league)
        select s.id, x.code, x.place, x.total, x.league from ${asTable(rows)}, shadow s where s.run_id = ${run.id}`.execute(
        trx,
      )
    },
    async update(trx, rows) {
      await sql`update shadow_place p set place = x.place, total = x.total, league = x.league
        from ${asTable(rows)}, shadow s where s.run_id = ${run.id} and p.shadow_id = s.id and p.code = x.code`.execute(
        trx,
      )
    },
  }
}

function asTable(rows: readonly Row[]) {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as x (code text, place int, total numeric, league text)`
}

async function readCodes(
  trx: Transaction<CoreTables>,
  run: { snapshotId: number },
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await trx
    .selectFrom('snapshot_teacher')
    .select('code')
    .where('snapshot_id', '=', run.snapshotId)
    .where('code', '=', sql<string>`any(${[...codes]}::text[])`)
    .execute()
  return new Set(rows.map(({ code }) => code))
}

function checkLine({ after, values, faults, warnings }: Line, inRun: ReadonlySet<string>): void {
  const isEmpty = (after['place'] ?? null) === null && (after['total'] ?? null) === null
  // A cell that could not be read has a fault of its own.
  if (isEmpty && faults.length === 0) faults.push({ path: '', code: 'import.place-or-total', params: {} })
  const code = values['code']
  if (code !== undefined && code !== null && !inRun.has(code)) {
    warnings.push({ path: 'code', code: 'import.not-in-run', params: {} })
  }
}
