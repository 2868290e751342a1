import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { UstazError } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'

/** How often one may guess before one has to wait, and when failures are forgotten. */
interface Allowance {
  free: number
  forgottenAfterMinutes: number
}
/** Many people share an address (a campus behind one router), nobody shares a login. */
const allowances: Record<'login' | 'address', Allowance> = {
  login: { free: 5, forgottenAfterMinutes: 24 * 60 },
  address: { free: 50, forgottenAfterMinutes: 15 },
}
/** The wait after the first failure too many; it doubles with each further one. */
const firstWaitSeconds = 30
const longestWaitSeconds = 3600

export interface Guesser {
  login: string
  address: string
}

/**
 * Lets a guess be made, or throws `sign-in-blocked`. It is counted as a failure beforehand, so that guesses made at the same time
 * count too; whoever was right calls `forgive`. A login that nobody has is counted like any other.
 */
export async function admitGuess(db: Kysely<CoreTables>, guesser: Guesser, now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = await lockRows(trx, guesser, now)
    const until = Math.max(...rows.map(({ blocked_until }) => blocked_until?.getTime() ?? 0))
    if (until > now.getTime()) {
      const seconds = Math.ceil((until - now.getTime()) / 1000)
      throw new UstazError('sign-in-blocked', { status: 429, params: { seconds } })
    }
    for (const { subject, failures, last_at } of rows)
      await countFailure(trx, { subject, failures, last_at }, now)
  })
}

/** Forgets the failures of the login, and the one that `admitGuess` counted for the address. */
export async function forgive(db: Kysely<CoreTables>, guesser: Guesser): Promise<void> {
  const [login, address] = subjectsOf(guesser)
  await db.deleteFrom('sign_in_guess').where('subject', '=', login).execute()
  await takeBack(db, [address])
}

/** Takes back what `admitGuess` counted: nothing was guessed wrongly, but nothing was proved either. */
export async function discount(db: Kysely<CoreTables>, guesser: Guesser): Promise<void> {
  await takeBack(db, subjectsOf(guesser))
}

async function takeBack(db: Kysely<CoreTables>, subjects: string[]): Promise<void> {
  await db
    .updateTable('sign_in_guess')
    .set((eb) => ({
      failures: eb.fn<number>('greatest', [eb('failures', '-', 1), eb.lit(0)]),
      blocked_until: null,
    }))
    .where('subject', 'in', subjects)
    .execute()
}

function subjectsOf({ login, address }: Guesser): [login: string, address: string] {
  const hash = createHash('sha256').update(login.normalize('NFKC').toLowerCase()).digest('base64url')
  return [`login:${hash}`, `address:${address}`]
}

/** In one order for everybody, so that two guesses do not wait for each other in a circle. */
async function lockRows(trx: Transaction<CoreTables>, guesser: Guesser, now: Date) {
  const subjects = subjectsOf(guesser).sort()
  await trx
    .insertInto('sign_in_guess')
    .values(subjects.map((subject) => ({ subject, failures: 0, last_at: now, blocked_until: null })))
    .onConflict((conflict) => conflict.column('subject').doNothing())
    .execute()
  return await trx
    .selectFrom('sign_in_guess')
    .selectAll()
    .where('subject', 'in', subjects)
    .orderBy('subject')
    .forUpdate()
    .execute()
}

async function countFailure(
  trx: Transaction<CoreTables>,
  row: { subject: string; failures: number; last_at: Date },
  now: Date,
): Promise<void> {
  const { free, forgottenAfterMinutes } = allowances[row.subject.startsWith('login:') ? 'login' : 'address']
  const isForgotten = now.getTime() - row.last_at.getTime() > forgottenAfterMinutes * 60_000
  const failures = isForgotten ? 1 : row.failures + 1
  const over = failures - free
  const wait = over < 0 ? null : Math.min(firstWaitSeconds * 2 ** Math.min(over, 20), longestWaitSeconds)
  await trx
    .updateTable('sign_in_guess')
    .set({
      failures,
      last_at: now,
      blocked_until: wait === null ? null : new Date(now.getTime() + wait * 1000),
    })
    .where('subject', '=', row.subject)
    .execute()
}

/** Deletes what is forgotten anyway; answers how many rows. */
export async function deleteOldGuesses(db: Kysely<CoreTables>, now: Date): Promise<number> {
  const oldest = new Date(now.getTime() - allowances.login.forgottenAfterMinutes * 60_000)
  const { numDeletedRows } = await db
    .deleteFrom('sign_in_guess')
    .where('last_at', '<', oldest)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
