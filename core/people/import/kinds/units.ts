import { sql } from 'kysely'
import { checkTree, unitRanks } from '../check-tree.ts'
import { choice } from '../definition.ts'
import type { ImportKind, Row } from '../definition.ts'
import { text } from '../read-value.ts'

export const unitImport: ImportKind = {
  kind: 'units',
  key: ['code'],
  columns: {
    code: { required: true, read: text(64), aliases: ['unit'], example: 'CS' },
    kind: {
      required: true,
      ...choice('unit-kind'),
      aliases: ['type'],
      example: { kk: 'кафедра', ru: 'кафедра', en: 'department' },
    },
    parent: { read: text(64), aliases: ['parent code', 'родитель'], example: 'FIT' },
    name_kk: {
      required: true,
      read: text(300),
      aliases: ['name kz', 'название кз'],
      example: 'Компьютерлік ғылымдар',
    },
    name_ru: { required: true, read: text(300), aliases: ['название ру'], example: 'Компьютерные науки' },
    name_en: { required: true, read: text(300), aliases: ['название анг'], example: 'Computer science' },
  },
  /** The whole tree: units are few, and each must find its place in it. */
  async readKnown(trx) {
    const { rows } = await sql<Row>`
      select u.code, u.kind, p.code as parent, u.name->>'kk' as name_kk, u.name->>'ru' as name_ru, u.name->>'en' as name_en
      from unit u left join unit p on p.id = u.parent_id`.execute(trx)
    return rows
  },
  check: checkTree,
  /** From the top down, so that a parent of the same file is there before its children. */
  async insert(trx, rows) {
    for (const rank of unitRanks) {
      await sql`
        insert into unit (code, kind, parent_id, name)
        select x.code, x.kind, p.id, ${nameOf}
        from ${asTable(rows.filter(({ kind }) => kind === rank))} left join unit p on p.code = x.parent`.execute(
        trx,
      )
    }
  },
  async update(trx, rows) {
    await sql`
      update unit u set kind = x.kind, name = ${nameOf}, parent_id = (select p.id from unit p where p.code = x.parent)
      from ${asTable(rows)} where u.code = x.code`.execute(trx)
  },
}

const nameOf = sql`jsonb_build_object('kk', x.name_kk, 'ru', x.name_ru, 'en', x.name_en)`

function asTable(rows: readonly Row[]) {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as x (code text, kind text, parent text, name_kk text,
    name_ru text, name_en text)`
}
