import { sql } from 'kysely'
import { checkPeriod } from '../check-period.ts'
import { checkRates } from '../check-rates.ts'
import { choice } from '../definition.ts'
import type { ImportKind, Row } from '../definition.ts'
import { readDay, readRate, text } from '../read-value.ts'

export const appointmentImport: ImportKind = {
  kind: 'appointments',
  key: ['teacher', 'unit', 'starts_on'],
  columns: {
    teacher: {
      required: true,
      read: text(64),
      refersTo: 'teacher',
      aliases: ['teacher code', 'таб. №'],
      example: 'T-0001',
    },
    unit: { required: true, read: text(64), refersTo: 'unit', aliases: ['department'], example: 'CS' },
    position: {
      ...choice('position'),
      aliases: ['post'],
      example: { kk: 'Аға оқытушы', ru: 'Старший преподаватель', en: 'Senior lecturer' },
    },
    degree: { ...choice('degree'), example: { kk: 'Магистр', ru: 'Магистр', en: 'Master' } },
    field: {
      read: text(100),
      aliases: ['field of science', 'отрасль'],
      example: { kk: 'Информатика', ru: 'Информатика', en: 'Computer science' },
    },
    rate: {
      required: true,
      read: readRate,
      aliases: ['fte', 'доля ставки'],
      example: { kk: '0,5', ru: '0,5', en: '0.5' },
    },
    starts_on: {
      required: true,
      read: readDay,
      aliases: ['from', 'start', 'дата начала'],
      example: '2024-09-01',
    },
    ends_on: { read: readDay, aliases: ['to', 'until', 'end', 'дата окончания'], example: '2025-06-30' },
  },
  /** All appointments of the teachers named, since rates are added up over them. */
  async readKnown(trx, lines) {
    const codes = [...new Set(lines.map(({ values }) => values.teacher))]
    const { rows } = await sql<Row>`
      select t.code as teacher, u.code as unit, a.position, a.degree, a.field, trim_scale(a.rate)::text as rate,
        a.starts_on::text, a.ends_on::text
      from appointment a join teacher t on t.id = a.teacher_id join unit u on u.id = a.unit_id
      where t.code = any(${codes}::text[])`.execute(trx)
    return rows
  },
  check(lines, known) {
    checkPeriod(lines)
    checkRates(lines, known)
  },
  async insert(trx, rows) {
    await sql`
      insert into appointment (teacher_id, unit_id, position, degree, field, rate, starts_on, ends_on)
      select t.id, u.id, x.position, x.degree, x.field, x.rate, x.starts_on, x.ends_on
      from ${asTable(rows)} join teacher t on t.code = x.teacher join unit u on u.code = x.unit`.execute(trx)
  },
  async update(trx, rows) {
    await sql`
      update appointment a set position = x.position, degree = x.degree, field = x.field, rate = x.rate, ends_on = x.ends_on
      from ${asTable(rows)} join teacher t on t.code = x.teacher join unit u on u.code = x.unit
      where a.teacher_id = t.id and a.unit_id = u.id and a.starts_on = x.starts_on`.execute(trx)
  },
}

function asTable(rows: readonly Row[]) {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as x (teacher text, unit text, position text, degree text,
    field text, rate numeric, starts_on date, ends_on date)`
}
