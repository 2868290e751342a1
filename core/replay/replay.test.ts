import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enterExample, examplePeriod, onePointWeighting } from '../rating/example-university.ts'
import type { ExampleTeacher } from '../rating/example-university.ts'
import { executeRun } from '../rating/execute-run.ts'
import { readRunOrder } from '../rating/run-order.ts'
import type { RatingSources } from '../rating/run-order.ts'
import { hashDocument } from '../rating/document/canonical-json.ts'
import { criterionInput, exampleDocument } from '../regulation/example-document.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { exportRun } from './export-run.ts'
import { importRun } from './import-run.ts'
import { openExport } from './read-export.ts'
import { replayRun } from './replay-run.ts'
import type { Replay } from './replay-run.ts'

const sources: RatingSources = {
  factSources: () => [{ source: 'evidence', indicator: 'test.book', enrich: null }],
  pointsFunction: () => null,
  weighting: () => ({
    ...onePointWeighting,
    weigh: () => ({ weights: { A1: '0.7' }, how: { because: 'a third is little' } }),
  }),
}
const document = exampleDocument({
  criteria: [criterionInput('1.1', { split: { kind: 'equal' }, cap: '400' })],
  weighting: { id: 'test.any' },
})
const teachers: ExampleTeacher[] = Array.from({ length: 40 }, (_, index) => ({
  // Tabs, line feeds and backslashes are text like any other.
  code: `T${index}\t\\N\n"қ"`,
  position: index % 9 === 0 ? null : index % 2 === 0 ? 'professor' : 'lecturer',
  facts: Array.from({ length: index % 5 }, (__, n) => ({
    indicator: 'test.book',
    attributes: { type: 'textbook', sheets: (index + n) / 8, title: `«Кітап»\t${n}\\`, authors: [] },
    participants: 1 + (n % 3),
  })),
}))

let folder: string
let home: TestDatabase
let runId: number
let file: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ustaz-replay-'))
  home = await createTestDatabase()
  await enterExample(home, teachers)
  runId = await recordRun()
  await executeRun(home.db, {
    ...(await readRunOrder(home.db, runId, sources)),
    onStage: async () => undefined,
  })
  file = await exportTo('run.ndjson.gz')
}, 60_000)
afterAll(async () => {
  await home.drop()
  await rm(folder, { recursive: true })
})

async function recordRun(version = '1'): Promise<number> {
  const { id: regulation } = await home.db
    .insertInto('regulation')
    .values({ code: `${document.code}-${version}` })
    .returning('id')
    .executeTakeFirstOrThrow()
  const row = {
    regulation_id: regulation,
    version,
    document: JSON.stringify(document),
    created_by: 1,
  }
  const { id: versionId } = await home.db
    .insertInto('regulation_version')
    .values({ ...row, hash: hashDocument(document) })
    .returning('id')
    .executeTakeFirstOrThrow()
  const period = { period_from: examplePeriod.from, period_to: examplePeriod.to }
  const run = { purpose: 'official' as const, regulation_version_id: versionId, ...period, requested_by: 1 }
  return (await home.db.insertInto('run').values(run).returning('id').executeTakeFirstOrThrow()).id
}

async function exportTo(name: string): Promise<string> {
  const stream = await exportRun(home.db, {
    runId,
    product: { name: 'ustaz', version: '0.0.0' },
    plugins: [{ id: 'test', version: '1.0.0' }],
    at: new Date('2026-09-01T00:00:00Z'),
  })
  await pipeline(stream, createWriteStream(join(folder, name)))
  return join(folder, name)
}

/** On a database where nothing of this university ever was. */
async function replayElsewhere(path: string): Promise<Replay> {
  const elsewhere = await createTestDatabase()
  try {
    const reader = await openExport(path)
    return await replayRun(elsewhere.db, sources, await importRun(elsewhere, reader))
  } finally {
    await elsewhere.drop()
  }
}

/** The export with some of its lines changed; `sealed`: by somebody who knows to mend the digest of the last line. */
async function forge(change: (line: string) => string, sealed = true): Promise<string> {
  const lines = gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n')
  const changed = lines.slice(0, -1).map(change)
  expect(changed).not.toEqual(lines.slice(0, -1))
  const { end } = JSON.parse(lines.at(-1)!) as { end: { sha256: string } }
  const sha256 = createHash('sha256')
    .update(`${changed.join('\n')}\n`)
    .digest('hex')
  const last = JSON.stringify({ end: { ...end, sha256: sealed ? sha256 : end.sha256 } })
  const path = join(folder, 'forged.gz')
  await writeFile(path, gzipSync(`${[...changed, last].join('\n')}\n`))
  return path
}

async function countRows(): Promise<string> {
  const { rows } = await home.pool.query<{ counts: string }>(`select string_agg(c.relname || ' ' ||
    (xpath('/row/n/text()', query_to_xml('select count(*) as n from core.' || quote_ident(c.relname), false, true, '')))[1]::text, ', '
    order by c.relname) as counts from pg_class c where c.relnamespace = 'core'::regnamespace and c.relkind in ('r', 'p')`)
  return rows[0]!.counts
}

describe('a run computed once more', () => {
  it('has the identical hash on the database it was computed on, and leaves nothing there', async () => {
    const before = await countRows()
    const replay = await replayRun(home.db, sources, runId)
    expect(replay).toMatchObject({ identical: true, weights: [], differences: { tables: [] }, teachers: 40 })
    expect(replay.hash.found).toMatch(/^[0-9a-f]{64}$/)
    expect(await countRows()).toBe(before)
  })

  it('has the identical hash on another database, from a file', async () => {
    const replay = await replayElsewhere(file)
    expect(replay.identical, JSON.stringify(replay)).toBe(true)
    expect(replay.hash.found).toBe((await replayRun(home.db, sources, runId)).hash.recorded)
  })

  it('is exported to the same lines again, each with as much as there is', async () => {
    const again = await exportTo('again.gz')
    const [one, other] = [file, again].map(async (path) => gunzipSync(await readFile(path)).toString())
    expect(await other).toBe(await one)
    const tables = (await one!)
      .split('\n')
      .flatMap((line) =>
        line.startsWith('{"table"') ? [JSON.parse(line) as { table: string; columns: string[] }] : [],
      )
    expect(tables.map(({ table }) => table)).toEqual([
      'snapshot_fact',
      'snapshot_leader',
      'snapshot_post',
      'snapshot_teacher',
      'snapshot_unit',
      'run_area',
      'run_line',
      'run_teacher',
      'run_unit',
    ])
    expect(tables.find(({ table }) => table === 'snapshot_teacher')!.columns).toContain('birth_year')
  })

  it('brings along columns and tables that are added later', async () => {
    const { pool } = home
    await pool.query(
      'create table core.snapshot_room (snapshot_id bigint, room text, seats numeric, primary key (snapshot_id, room))',
    )
    await pool.query(
      `insert into core.snapshot_room select snapshot_id, 'a', 1.50 from core.run where id = ${runId}`,
    )
    const text = gunzipSync(await readFile(await exportTo('later.gz'))).toString()
    await pool.query('drop table core.snapshot_room')
    expect(text).toContain('{"table":"snapshot_room","columns":["room","seats"]}\n["a", "1.50"]\n')
    await expect(replayElsewhere(join(folder, 'later.gz'))).rejects.toMatchObject({
      code: 'export-newer-content',
      params: { names: ['snapshot_room'] },
    })
  })
})

it('lets go of the database when whoever asked for the export goes away', async () => {
  const stream = await exportRun(home.db, {
    runId,
    product: { name: 'ustaz', version: '0' },
    plugins: [],
    at: new Date(),
  })
  stream.once('readable', () => stream.destroy())
  await new Promise((resolve) => stream.once('close', resolve))
  const open = async () => {
    const { rows } = await home.pool.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in%'",
    )
    return rows[0]!.n
  }
  await expect.poll(open).toBe(0)
})

it('refuses a run that is not there or not done, before anything is written', async () => {
  const parts = { product: { name: 'ustaz', version: '0' }, plugins: [], at: new Date() }
  await expect(exportRun(home.db, { runId: 999, ...parts })).rejects.toMatchObject({ code: 'run-not-found' })
  await expect(exportRun(home.db, { runId: await recordRun('2'), ...parts })).rejects.toMatchObject({
    code: 'run-not-done',
  })
})

describe('a file that was tampered with', () => {
  it('is known by its bytes', async () => {
    await expect(
      replayElsewhere(await forge((line) => line.replace('"official"', '"trial"'), false)),
    ).rejects.toMatchObject({
      code: 'export-altered',
    })
    const bytes = await readFile(file)
    await writeFile(join(folder, 'cut.gz'), bytes.subarray(0, bytes.length - 200))
    await expect(replayElsewhere(join(folder, 'cut.gz'))).rejects.toMatchObject({ code: 'export-cut-off' })
    await writeFile(join(folder, 'other.gz'), gzipSync('{"format":"another"}\n'))
    await expect(replayElsewhere(join(folder, 'other.gz'))).rejects.toMatchObject({ code: 'export-foreign' })
    await writeFile(join(folder, 'plain.gz'), 'no archive at all')
    await expect(replayElsewhere(join(folder, 'plain.gz'))).rejects.toMatchObject({ code: 'export-foreign' })
    await expect(replayElsewhere(join(folder, 'none.gz'))).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it('by a fact: the snapshot is named, and the first teachers and lines that come out otherwise', async () => {
    const replay = await replayElsewhere(
      await forge((line) => line.replace('\\"sheets\\": 0.75', '\\"sheets\\": 9.75')),
    )
    expect(replay.identical).toBe(false)
    expect(replay.snapshot.found).not.toBe(replay.snapshot.recorded)
    expect(replay.regulation.found).toBe(replay.regulation.recorded)
    const line = replay.differences.first.find(({ table }) => table === 'run_line')!
    expect(line).toMatchObject({
      code: expect.stringMatching(/^T\d/) as string,
      key: { line_no: expect.any(Number) as number },
    })
    expect(line.recorded).toHaveProperty('amount')
  })

  it('by a clause: the regulation is named', async () => {
    const replay = await replayElsewhere(
      await forge((line) => (line.startsWith('{"regulation"') ? line.replace('"45"', '"46"') : line)),
    )
    expect(replay.identical).toBe(false)
    expect(replay.regulation.found).not.toBe(replay.regulation.recorded)
    expect(replay.snapshot.found).toBe(replay.snapshot.recorded)
  })

  it('by a weight: the area is named', async () => {
    const replay = await replayElsewhere(await forge((line) => line.replace('"A1":"0.7"', '"A1":"0.8"')))
    expect(replay).toMatchObject({
      identical: false,
      weights: [{ area: 'A1', recorded: '0.8', found: '0.7' }],
    })
  })

  it('by a place alone, everything else and the hash as they were: the teacher is named', async () => {
    let done = false
    const replay = await replayElsewhere(
      await forge((line) => {
        if (done || !line.includes('"ranked"') || !line.startsWith('[')) return line
        done = true
        return line.replace('"ranked", "[]"', '"ranked", "[1]"')
      }),
    )
    expect(replay).toMatchObject({
      identical: false,
      differences: { tables: [{ table: 'run_teacher', rows: 1 }] },
    })
    expect(replay.hash.found).toBe(replay.hash.recorded)
    expect(replay.differences.first).toMatchObject([{ recorded: { reasons: [1] }, found: { reasons: [] } }])
  })

  it('by the hash: what was published no longer is what comes out', async () => {
    const replay = await replayElsewhere(
      await forge((line) => line.replace(/("run":.*"hash":")[0-9a-f]{8}/, '$1deadbeef')),
    )
    expect(replay.identical).toBe(false)
    expect(replay.differences.tables).toEqual([])
    expect(replay.hash.recorded).toMatch(/^deadbeef/)
  })
})
