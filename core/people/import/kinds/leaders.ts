import { sql } from 'kysely'
import { checkPeriod } from '../check-period.ts'
import type { ImportKind, Row } from '../definition.ts'
import { readDay, text } from '../read-value.ts'

/** Who leads which department or faculty, and when. */
export const leaderImport: ImportKind = {
  kind: 'leaders',
  key: ['teacher', 'unit', 'starts_on'],
  columns: {
    teacher: {
      required: true,
      read: text(64),
      refersTo: 'teacher',
      aliases: ['teacher code', 'таб. №', 'head', 'руководитель'],
      example: 'T-0001',
    },
    unit: {
      required: true,
      read: text(64),
      refersTo: 'unit',
      aliases: ['department', 'faculty'],
      example: 'CS',
    },
    starts_on: {
      required: true,
      read: readDay,
      aliases: ['from', 'start', 'дата начала'],
      example: '2024-09-01',
    },
    ends_on: { read: readDay, aliases: ['to', 'until', 'end', 'дата окончания'], example: '2027-08-31' },
  },
  async readKnown(trx, lines) {
    const codes = [...new Set(lines.map(({ values }) => values.teacher))]
    const { rows } = await sql<Row>`
      select t.code as teacher, u.code as unit, l.starts_on::text, l.ends_on::text
      from leadership l join teacher t on t.id = l.teacher_id join unit u on u.id = l.unit_id
      where t.code = any(${codes}::text[])`.execute(trx)
    return rows
  },
  check: checkPeriod,
  async insert(trx, rows) {
    await sql`
      insert into leadership (teacher_id, unit_id, starts_on, ends_on)
      select t.id, u.id, x.starts_on, x.ends_on
      from ${asTable(rows)} join teacher t on t.code = x.teacher join unit u on u.code = x.unit`.execute(trx)
  },
  async update(trx, rows) {
    await sql`
      update leadership l set ends_on = x.ends_on
      from ${asTable(rows)} join teacher t on t.code = x.teacher join unit u on u.code = x.unit
      where l.teacher_id = t.id and l.unit_id = u.id and l.starts_on = x.starts_on`.execute(trx)
  },
}

function asTable(rows: readonly Row[]) {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as x (teacher text, unit text, starts_on date, ends_on date)`
}
