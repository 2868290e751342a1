import { Kysely, PostgresDialect, sql } from 'kysely'
import type { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CoreTables } from '../../../database/tables.ts'
import { exampleDocument } from '../../../regulation/example-document.ts'
import { createTestDatabase } from '../../../testing/create-test-database.ts'
import type { TestDatabase } from '../../../testing/create-test-database.ts'
import { writeRun } from './example-runs.ts'
import type { WrittenTeacher } from './example-runs.ts'
import { readMoverDetail } from './read-mover-detail.ts'
import { readMovers } from './read-movers.ts'
import { findRunPair } from './run-pair.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

const scope = { all: true, unitIds: [], teacherId: null }
const document = exampleDocument()

/** One teacher's lines in two runs by the same rules. */
async function explain(before: Omit<WrittenTeacher, 'id'>, after: Omit<WrittenTeacher, 'id'>) {
  const other = await writeRun(database.db, document, [{ id: 1, ...before }])
  const id = await writeRun(database.db, document, [{ id: 1, ...after }])
  const detail = await readMoverDetail(database.db, await findRunPair(database.db, { id, other }), 1, scope)
  const lines = detail.lines.map(({ before: was, after: is, causes, factChanges }) => ({
    was,
    is,
    causes,
    fields: factChanges.map(({ field }) => field),
  }))
  return { ...detail, lines }
}
const line = (factNo: number, amount: string, clause = '1.1') => ({ clause, factNo, amount })

describe('which lines correspond', () => {
  it('those of the same evidence, whatever changed about it', async () => {
    const { lines } = await explain(
      { facts: [{ evidenceId: 5, attributes: { sheets: 2 } }], lines: [line(1, '20')] },
      {
        facts: [{ evidenceId: 5, happenedOn: '2026-02-01', attributes: { sheets: 3, isbn: 'x' } }],
        lines: [line(1, '30')],
      },
    )
    expect(lines).toEqual([
      { was: '20', is: '30', causes: ['fact-changed'], fields: ['happenedOn', 'sheets', 'isbn'] },
    ])
  })

  it('never those of two entries, though they say the same', async () => {
    const fact = { attributes: { sheets: 2 } }
    const { lines, linesChange } = await explain(
      { facts: [{ ...fact, evidenceId: 5 }], lines: [line(1, '20')] },
      { facts: [{ ...fact, evidenceId: 6 }], lines: [line(1, '21')] },
    )
    expect(lines.map(({ was, is, causes }) => [was, is, causes])).toEqual([
      [null, '21', ['fact-new']],
      ['20', null, ['fact-gone']],
    ])
    expect(linesChange).toBe('1')
  })

  it('without evidence those of the same indicator, day and content, the first with the first', async () => {
    const [a, b] = [{ attributes: { hours: 2 } }, { attributes: { hours: 3 } }]
    const { lines, unchangedLines } = await explain(
      { facts: [a, a, b], lines: [line(1, '2'), line(2, '2'), line(3, '3')] },
      { facts: [a, b], lines: [line(1, '2'), line(2, '3')] },
    )
    expect(lines).toEqual([{ was: '2', is: null, causes: ['fact-gone'], fields: [] }])
    expect(unchangedLines).toBe(2)
  })

  it('an entry and the same fact that came without one', async () => {
    const fact = { attributes: { h: 4 } }
    const { lines } = await explain(
      { facts: [fact], lines: [line(1, '40')] },
      { facts: [{ ...fact, evidenceId: 9 }], lines: [line(1, '44')] },
    )
    expect(lines.map(({ was, is, causes }) => [was, is, causes])).toEqual([['40', '44', ['other-lines']]])
  })

  it('a value that is read once a day and reads otherwise now', async () => {
    const { lines } = await explain(
      { facts: [{ attributes: { h: 4 } }], lines: [line(1, '40')] },
      { facts: [{ attributes: { h: 5 } }], lines: [line(1, '50')] },
    )
    expect(lines).toEqual([{ was: '40', is: '50', causes: ['fact-changed'], fields: ['h'] }])
  })

  it('no two of several facts of a day that all differ', async () => {
    const facts = (...hours: number[]) => hours.map((n) => ({ attributes: { hours: n } }))
    const { lines } = await explain(
      { facts: facts(1, 2), lines: [line(1, '1'), line(2, '2')] },
      { facts: facts(3, 4), lines: [line(1, '3'), line(2, '4')] },
    )
    expect(lines.map(({ causes }) => causes)).toEqual([
      ['fact-new'],
      ['fact-new'],
      ['fact-gone'],
      ['fact-gone'],
    ])
  })

  it('not those of another clause: a work that changed its kind is shown leaving one clause and coming under another', async () => {
    const { lines, linesChange } = await explain(
      { facts: [{ evidenceId: 5, attributes: { type: 'manual' } }], lines: [line(1, '20', '1.1')] },
      { facts: [{ evidenceId: 5, attributes: { type: 'textbook' } }], lines: [line(1, '45', '1.2')] },
    )
    expect(lines).toEqual([
      { was: null, is: '45', causes: ['fact-changed'], fields: ['type'] },
      { was: '20', is: null, causes: ['fact-changed'], fields: ['type'] },
    ])
    expect(linesChange).toBe('25')
  })
})

it('matches work of the staff by its evidence, whoever of them it counts by', async () => {
  const entry = [{ evidenceId: 5, attributes: { sheets: 2 } }]
  const staffLine = (factTeacherId: number) => ({ ...line(1, '20'), factTeacherId })
  const other = await writeRun(database.db, document, [
    { id: 1, lines: [staffLine(2)] },
    { id: 2, facts: entry },
    { id: 3, facts: entry },
  ])
  const id = await writeRun(database.db, document, [
    { id: 1, lines: [staffLine(3)] },
    { id: 3, facts: entry },
  ])
  const detail = await readMoverDetail(database.db, await findRunPair(database.db, { id, other }), 1, scope)
  expect([detail.lines, detail.unchangedLines]).toEqual([[], 1])
})

it('says that a limit follows from other lines, and a norm from the position', async () => {
  const { lines, personChanges } = await explain(
    {
      lines: [
        { clause: 'A', kind: 'cap', amount: '-1' },
        { clause: 'N', area: null, kind: 'norm', amount: '-10' },
      ],
    },
    {
      position: 'professor',
      lines: [
        { clause: 'A', kind: 'cap', amount: '-3.5' },
        { clause: 'N', area: null, kind: 'norm', amount: '-12' },
      ],
    },
  )
  expect(lines.map(({ was, is, causes }) => [was, is, causes])).toEqual([
    ['-1', '-3.5', ['other-lines']],
    ['-10', '-12', ['person-changed']],
  ])
  expect(personChanges).toEqual([{ field: 'position', before: 'lecturer', after: 'professor' }])
})

it('names the clause that changed, came or went with the regulation', async () => {
  const criterion = (id: string, points: string) => ({
    ...document.criteria[0]!,
    id,
    points: { kind: 'per-unit' as const, points },
  })
  const facts = [1, 2, 3, 4].map((evidenceId) => ({ evidenceId }))
  const other = await writeRun(
    database.db,
    { ...document, criteria: [criterion('1', '1'), criterion('2', '1'), criterion('3', '1')] },
    [{ id: 1, facts, lines: [line(1, '1', '1'), line(2, '2', '2'), line(3, '3', '3')] }],
  )
  const id = await writeRun(
    database.db,
    { ...document, criteria: [criterion('1', '1'), criterion('2', '9'), criterion('4', '1')] },
    [{ id: 1, facts, lines: [line(1, '1', '1'), line(2, '18', '2'), line(4, '4', '4')] }],
  )
  const { lines } = await readMoverDetail(
    database.db,
    await findRunPair(database.db, { id, other }),
    1,
    scope,
  )
  expect(lines.map(({ clause, change, causes }) => [clause, change, causes])).toEqual([
    ['2', '16', ['clause-changed']],
    ['4', '4', ['clause-new']],
    ['3', '-3', ['clause-gone']],
  ])
})

it('counts who came above and who no longer is, where the total stayed the same', async () => {
  const same = { lines: [{ clause: '1.1', amount: '10' }] }
  const other = await writeRun(database.db, document, [
    { id: 1, place: 3, ...same },
    { id: 2, place: 1 },
    { id: 3, place: 2 },
    { id: 4, place: 4 },
    { id: 5, place: 5 },
  ])
  const id = await writeRun(database.db, document, [
    { id: 1, place: 4, ...same },
    { id: 2, place: 5 },
    { id: 4, place: 1 },
    { id: 5, place: 2 },
    { id: 6, place: 3 },
  ])
  const { mover, overtaking, lines } = await readMoverDetail(
    database.db,
    await findRunPair(database.db, { id, other }),
    1,
    scope,
  )
  expect(mover).toMatchObject({ move: 'fell', placeChange: 1, totalChange: '0' })
  expect(lines).toEqual([])
  expect(overtaking).toEqual({ overtookYou: 2, youOvertook: 1, cameAbove: 1, leftAbove: 1 })
})

it('tells nothing about a teacher whose other result the asker may not read', async () => {
  const other = await writeRun(database.db, document, [{ id: 1, unitId: 7 }])
  const id = await writeRun(database.db, document, [{ id: 1, unitId: 8 }])
  const pair = await findRunPair(database.db, { id, other })
  const of = async (unitIds: number[]) =>
    await readMoverDetail(database.db, pair, 1, { all: false, unitIds, teacherId: null })
  await expect(of([7])).rejects.toMatchObject({ code: 'result-not-found' })
  await expect(of([8])).rejects.toMatchObject({ code: 'result-not-found' })
  await expect(of([7, 8])).resolves.toMatchObject({ mover: { teacherId: 1 } })
})

it('reads two runs among many by their indexes', async () => {
  const many = Array.from({ length: 40 }, (_, index) => ({
    id: index + 1,
    place: index + 1,
    facts: [{ evidenceId: index }],
    lines: [line(1, String(index))],
  }))
  const other = await writeRun(database.db, document, many)
  const id = await writeRun(database.db, document, many)
  // As many more runs as a university has in some years; where each has its part of the table, as many more teachers.
  for (const table of ['run_teacher', 'run_line', 'snapshot_teacher', 'snapshot_fact']) {
    const owner = table.startsWith('run') ? 'run_id' : 'snapshot_id'
    const grown = ['run_line', 'snapshot_fact'].includes(table) ? 'teacher_id' : owner
    await sql
      .raw(
        `create temporary table more as select * from core.${table} where ${owner} in
      (select ${owner === 'run_id' ? 'id' : owner} from core.run where id in (${id}, ${other}));
      insert into core.${table} select (jsonb_populate_record(null::core.${table}, to_jsonb(more) ||
        jsonb_build_object('${grown}', more.${grown} + 10000 * n))).* from more, generate_series(1, 100) n;
      drop table more; analyze core.${table}`,
      )
      .execute(database.db)
  }
  const asked: CompiledQuery[] = []
  const db = new Kysely<CoreTables>({
    dialect: new PostgresDialect({ pool: database.pool }),
    log: ({ query }) => void asked.push(query),
  })
  const pair = await findRunPair(db, { id, other })
  await readMoverDetail(db, pair, 25, scope)
  await readMovers(db, pair, { sort: 'place' }, { scope, page: { page: 1, pageSize: 50 } })
  const plans: string[] = []
  for (const { sql: text, parameters } of asked) {
    const { rows } = await database.pool.query(`explain ${text}`, [...parameters])
    plans.push(...rows.map((row: Record<string, string>) => row['QUERY PLAN']!))
  }
  expect(plans.filter((step) => /Index.* on (run_line|snapshot_fact)/.test(step)).length).toBeGreaterThan(3)
  expect(
    plans.filter((step) => /Seq Scan on (run_line|run_teacher|snapshot_fact|snapshot_teacher)/.test(step)),
  ).toEqual([])
})
