import type { ControlledTransaction, Kysely } from 'kysely'
import { sql } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { Finding } from '../../contract/problem.ts'
import type { ExamplePerson, RegulationExample } from '../../contract/regulation/amendment.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { pointerTo } from '../../messages/zod-fault.ts'
import type { Period } from '../../plugin/period.ts'
import { computeRun } from '../execute-run.ts'
import { dependsOnOthers } from '../preview/depends-on-others.ts'
import type { RatingSources } from '../run-order.ts'
import { compareOutcome } from './compare-example.ts'
import { periodOf } from './example-facts.ts'
import { freezeExample } from './freeze-example.ts'
import { readOutcomes } from './read-outcomes.ts'
import type { Outcome } from './read-outcomes.ts'

interface PlacedPerson {
  person: ExamplePerson
  example: number
  index: number
}
/** People rated in one run. */
interface Batch {
  period: Period
  knownAt: string | null
  people: PlacedPerson[]
}

/**
 * Rates every worked example of a document by the engine and answers what differs, as errors. Nothing is kept: all of it
 * happens in a transaction that is rolled back. An example that cannot be rated at all is a finding too.
 */
export async function runExamples(
  db: Kysely<CoreTables>,
  document: RegulationDocument,
  sources: RatingSources,
): Promise<Finding[]> {
  if (document.examples.length === 0) return []
  const trx = await db.startTransaction().execute()
  try {
    const findings: Finding[] = []
    for (const batch of batchesOf(document, sources)) {
      findings.push(...(await rateBatch(trx, document, { batch, sources })))
    }
    return findings.sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))
  } finally {
    await trx.rollback().execute()
  }
}

/** Single people whom nobody else concerns are rated together by period and known time; others by themselves. */
function batchesOf(document: RegulationDocument, sources: RatingSources): Batch[] {
  const weighting = sources.weighting(document.weighting.id)
  const together = weighting !== null && dependsOnOthers(document, weighting).length === 0
  const batches = new Map<string, Batch>()
  document.examples.forEach((example, number) => {
    const period = periodOf(example, document)
    const isSingle = together && example.people.length === 1 && example.people[0]!.expect.place === undefined
    const key = isSingle ? JSON.stringify([period, example.knownAt]) : `example ${number}`
    const batch = batches.get(key) ?? { period, knownAt: example.knownAt, people: [] }
    batch.people.push(...placed(example, number))
    batches.set(key, batch)
  })
  return [...batches.values()]
}

const placed = (example: RegulationExample, number: number): PlacedPerson[] =>
  example.people.map((person, index) => ({ person, example: number, index }))

async function rateBatch(
  trx: ControlledTransaction<CoreTables>,
  document: RegulationDocument,
  { batch, sources }: { batch: Batch; sources: RatingSources },
): Promise<Finding[]> {
  const savepoint = await trx.savepoint('example').execute()
  try {
    const outcomes = await rate(savepoint, document, { batch, sources })
    return batch.people.flatMap((placedPerson, index) =>
      compare(document, placedPerson, outcomes.get(index + 1)),
    )
  } catch (error) {
    if (!(error instanceof UstazError) && !isOutOfReach(error)) throw error
    const { example } = batch.people[0]!
    return [failure(document, example, error)]
  } finally {
    await savepoint.rollbackToSavepoint('example').execute()
  }
}

async function rate(
  trx: ControlledTransaction<CoreTables>,
  document: RegulationDocument,
  { batch, sources }: { batch: Batch; sources: RatingSources },
): Promise<Map<number, Outcome>> {
  const weighting = sources.weighting(document.weighting.id)
  if (!weighting) {
    throw new UstazError('weighting-missing', { status: 422, params: { weighting: document.weighting.id } })
  }
  const people = batch.people.map(({ person }) => person)
  const snapshotId = await freezeExample(trx, people, batch.period)
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('core.run', 'id')) as id`.execute(trx)
  const runId = rows[0]!.id
  await computeRun(trx, {
    runId,
    document,
    regulationHash: 'example',
    period: batch.period,
    knownAt: batch.knownAt,
    snapshotId,
    sources: [],
    weighting,
    findFunction: sources.pointsFunction,
    onStage: async () => undefined,
  })
  return await readOutcomes(trx, runId)
}

function compare(
  document: RegulationDocument,
  { person, example, index }: PlacedPerson,
  outcome: Outcome | undefined,
): Finding[] {
  const path = ['examples', example, 'people', index]
  const clause = document.examples[example]!.name
  if (!outcome) {
    if (Object.keys(person.expect).length === 0) return []
    return [finding([...path, 'expect'], 'example-not-rated', { clause, person: person.name })]
  }
  return compareOutcome(person.expect, outcome).map(({ path: within, expected, actual }) =>
    finding([...path, 'expect', ...within], 'example-differs', {
      clause,
      person: person.name,
      what: within.join(' '),
      expected,
      actual,
    }),
  )
}

/** A number or day that PostgreSQL cannot hold (SQLSTATE 22003, 22008): the fault of what stands in the document. */
function isOutOfReach(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && ['22003', '22008'].includes(String(error.code))
}

function failure(document: RegulationDocument, example: number, error: Error): Finding {
  const clause = document.examples[example]!.name
  return finding(['examples', example], 'example-failed', { clause, reason: error.message })
}

function finding(path: readonly (string | number)[], code: string, params: Finding['params']): Finding {
  return { path: pointerTo(path), code: `regulation.${code}`, params, severity: 'error' }
}
