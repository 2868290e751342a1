import type { Pool, PoolClient } from 'pg'
import { loadEvidence } from '../../core/evidence/bulk.ts'
import type { FileStore } from '../../core/evidence/file-store.ts'
import { entriesOfDepartment, entriesSinceRated } from '../evidence/all-entries.ts'
import type { Entry } from '../evidence/entry.ts'
import type { University } from '../people/university.ts'
import { loadAccounts } from './accounts.ts'
import { loadStructuralUnits } from './structural-units.ts'
import { evidenceRows } from './evidence-rows.ts'
import type { FindKind } from './evidence-rows.ts'
import { writeMarker } from './marker.ts'
import { loadPeople } from './people.ts'
import { loadScans } from './scans.ts'
import { withoutIndexes } from './without-indexes.ts'

export interface LoadProgress {
  /** 0 to 1. */
  done: number
  entries: number
}

export interface Loading {
  findKind: FindKind
  /** Where the scans go. */
  files: FileStore
  /** Kinds of evidence that demand a file, as plugin.kind. */
  scanned: readonly string[]
  report(progress: LoadProgress): void
  /** Of the year that goes on, what was entered by then is loaded. */
  now: Date
  /** Ends the loading, of which then nothing is left. */
  signal: AbortSignal
}

/**
 * Loads the whole university in one transaction, with the mark that says so: whatever stops it, it is there whole or not at all.
 * Answers the number of entries. Memory does not grow with the number of teachers.
 */
export async function loadUniversity(pool: Pool, university: University, loading: Loading): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const entries = await loadAll(client, university, loading)
    await client.query('commit')
    await client.query('analyze')
    client.release()
    return entries
  } catch (error) {
    client.release(true)
    throw error
  }
}

const evidenceTables = ['evidence', 'evidence_participant', 'evidence_change', 'evidence_file']

async function loadAll(client: PoolClient, university: University, loading: Loading): Promise<number> {
  const people = await loadPeople(client, university)
  const accounts = await loadAccounts(client, university, people)
  await loadStructuralUnits(client, university)
  const { findKind } = loading
  const rows = evidenceRows(reported(university, loading), { findKind, people, accounts })
  const count = await withoutIndexes(client, evidenceTables, async () => {
    const loaded = await loadEvidence(client, rows)
    await loadScans(client, loading.files, loading.scanned)
    return loaded
  })
  await writeMarker(client, university, count)
  return count
}

/** All entries, with a report after each department. Those since the rated years come last: what is rated has the same ids on any day. */
function* reported(university: University, { report, signal, now }: Loading): Generator<Entry> {
  let entries = 0
  const rounds = [entriesOfDepartment, entriesSinceRated]
  for (const [round, entriesOf] of rounds.entries()) {
    for (const department of university.departments) {
      for (const entry of entriesOf(university, department, now)) {
        signal.throwIfAborted()
        entries++
        yield entry
      }
      const done = (department.index + 1) / university.departments.length
      report({ done: (round + done) / rounds.length, entries })
    }
  }
}
