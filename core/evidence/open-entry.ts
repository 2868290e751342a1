import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { steps } from './moves.ts'
import type { Step } from './moves.ts'
import { notFound, readEntry } from './read-entry.ts'
import type { Entry } from './read-entry.ts'
import { rightsOn } from './rights.ts'
import type { Rights } from './rights.ts'

export interface Opened {
  entry: Entry
  rights: Rights
}

/** An entry that the actor may read; throws `evidence-not-found`, also for what exists and is none of the actor's business. */
export async function openEntry(db: Kysely<CoreTables>, actor: Actor, id: number): Promise<Opened> {
  return await opened(db, actor, await readEntry(db, id, 'free'))
}

/** The same, locked until the transaction ends. */
export async function openAndLock(trx: Transaction<CoreTables>, actor: Actor, id: number): Promise<Opened> {
  return await opened(trx, actor, await readEntry(trx, id, 'lock'))
}

/** An entry, locked, that the actor may change now; throws `evidence-not-allowed` or `evidence-state`. */
export async function openToChange(trx: Transaction<CoreTables>, actor: Actor, id: number): Promise<Entry> {
  const opened = await openAndLock(trx, actor, id)
  checkStep(opened, 'edit')
  return opened.entry
}

async function opened(db: Kysely<CoreTables>, actor: Actor, entry: Entry): Promise<Opened> {
  const rights = await rightsOn(db, actor, entry)
  if (!rights.read) throw notFound(entry.evidence.id)
  return { entry, rights }
}

/** Throws `evidence-not-allowed`, or `evidence-state` where the state has no such step. */
export function checkStep({ entry, rights }: Opened, step: Step): void {
  if (!rights.steps.has(step)) throw notAllowed(step)
  if (!steps[step].from.includes(entry.evidence.state)) throw wrongState(entry, step)
}

export function notAllowed(step: string): UstazError {
  return new UstazError('evidence-not-allowed', { status: 403, params: { step } })
}

export function wrongState({ evidence }: Entry, step: string): UstazError {
  return new UstazError('evidence-state', { status: 409, params: { state: evidence.state, step } })
}

/** Somebody else has changed the entry since the asker read it. */
export function checkRevision({ evidence }: Entry, revision: number): void {
  if (evidence.revision === revision) return
  throw new UstazError('evidence-revision', { status: 409, params: { revision: evidence.revision } })
}
