import type { TableImport, TableLine, TableRow } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import { rebuildResults } from '../results/rebuild-results.ts'
import type { TeachingTables } from '../tables.ts'
import { readPercent, readTerm } from './read-cell.ts'

const marks = { pass_mark: '50', good_mark: '70', excellent_mark: '90' } as const
const mark = (example: string) => ({ read: readPercent, example })

/** Groups of students that took a course in a term. */
export const groups: TableImport<TeachingTables> = {
  kind: 'groups',
  key: ['code'],
  columns: {
    code: {
      required: true,
      read: 'code',
      aliases: ['group', 'section', 'поток'],
      example: 'CS-101-2025-1-A',
    },
    course: {
      required: true,
      read: 'code',
      among: async (trx) => (await trx.selectFrom('course').select('code').execute()).map(({ code }) => code),
      aliases: ['course code', 'шифр дисциплины'],
      example: 'CS-101',
    },
    year: { required: true, read: 'year', aliases: ['academic year'], example: '2025' },
    term: { required: true, read: readTerm, aliases: ['semester'], example: '1' },
    ended_on: {
      required: true,
      read: 'day',
      aliases: ['graded on', 'дата ведомости'],
      example: '2026-01-20',
    },
    pass_mark: mark(marks.pass_mark),
    good_mark: mark(marks.good_mark),
    excellent_mark: mark(marks.excellent_mark),
  },
  async readKnown(trx, lines) {
    const codes = lines.flatMap(({ values }) => values['code'] ?? [])
    const { rows } = await sql<TableRow>`
      select g.code, c.code as course, g.year::text, g.term::text, g.ended_on::text, trim_scale(g.pass_mark)::text as pass_mark,
        trim_scale(g.good_mark)::text as good_mark, trim_scale(g.excellent_mark)::text as excellent_mark
      from plugin_teaching.course_group g join plugin_teaching.course c on c.id = g.course_id
      where g.code = any(${codes}::text[])`.execute(trx)
    return rows
  },
  check(lines) {
    for (const line of lines) {
      // An empty or absent mark is the usual one: a group always has marks.
      line.after = { ...line.after, ...markOf(line) }
      const { pass_mark: pass, good_mark: good, excellent_mark: excellent } = line.after
      if (Number(pass) > Number(good) || Number(good) > Number(excellent))
        line.faults.push({ path: 'good_mark', code: 'teaching.marks-order', params: {} })
    }
  },
  async insert(trx, rows) {
    await sql`
      insert into plugin_teaching.course_group (code, course_id, year, term, ended_on, pass_mark, good_mark, excellent_mark)
      select x.code, c.id, x.year, x.term, x.ended_on, x.pass_mark, x.good_mark, x.excellent_mark
      from ${asTable(rows)} join plugin_teaching.course c on c.code = x.course`.execute(trx)
  },
  async update(trx, rows) {
    await sql`
      update plugin_teaching.course_group g set course_id = c.id, year = x.year, term = x.term, ended_on = x.ended_on,
        pass_mark = x.pass_mark, good_mark = x.good_mark, excellent_mark = x.excellent_mark
      from ${asTable(rows)} join plugin_teaching.course c on c.code = x.course where g.code = x.code`.execute(
      trx,
    )
  },
  async finish(trx, lines) {
    // A group that moves to another year changes both.
    const years = lines.flatMap(({ before, after }) =>
      [before?.['year'], after['year']].filter((year) => typeof year === 'string'),
    )
    await rebuildResults(trx, Math.min(...years.map(Number)))
  },
}

function markOf({ after }: TableLine): TableRow {
  return Object.fromEntries(Object.entries(marks).map(([name, usual]) => [name, after[name] ?? usual]))
}

function asTable(rows: readonly TableRow[]) {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as x (
    code text, course text, year smallint, term smallint, ended_on date, pass_mark numeric, good_mark numeric, excellent_mark numeric)`
}
