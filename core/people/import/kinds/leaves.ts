import { sql } from 'kysely'
import { checkPeriod } from '../check-period.ts'
import { choice } from '../definition.ts'
import type { ImportKind, Row } from '../definition.ts'
import { readDay, text } from '../read-value.ts'

export const leaveImport: ImportKind = {
  kind: 'leaves',
  key: ['teacher', 'starts_on'],
  columns: {
    teacher: {
      required: true,
      read: text(64),
      refersTo: 'teacher',
      aliases: ['teacher code', 'таб. №'],
      example: 'T-0001',
    },
    kind: {
      required: true,
      ...choice('leave-kind'),
      aliases: ['type'],
      example: { kk: 'еңбекке жарамсыздық', ru: 'больничный', en: 'sick leave' },
    },
    starts_on: {
      required: true,
      read: readDay,
      aliases: ['from', 'start', 'дата начала'],
      example: '2025-02-03',
    },
    ends_on: { read: readDay, aliases: ['to', 'until', 'end', 'дата окончания'], example: '2025-02-21' },
  },
  async readKnown(trx, lines) {
    const codes = [...new Set(lines.map(({ values }) => values.teacher))]
    const { rows } = await sql<Row>`
      select t.code as teacher, l.kind, l.starts_on::text, l.ends_on::text
      from leave l join teacher t on t.id = l.teacher_id where t.code = any(${codes}::text[])`.execute(trx)
    return rows
  },
  check: checkPeriod,
  async insert(trx, rows) {
    await sql`
      insert into leave (teacher_id, kind, starts_on, ends_on)
      select t.id, x.kind, x.starts_on, x.ends_on
      from ${asTable(rows)} join teacher t on t.code = x.teacher`.execute(trx)
  },
  async update(trx, rows) {
    await sql`
      update leave l set kind = x.kind, ends_on = x.ends_on
      from ${asTable(rows)} join teacher t on t.code = x.teacher
      where l.teacher_id = t.id and l.starts_on = x.starts_on`.execute(trx)
  },
}

function asTable(rows: readonly Row[]) {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as x (teacher text, kind text, starts_on date, ends_on date)`
}
