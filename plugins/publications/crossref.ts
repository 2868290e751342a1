import { z } from 'zod'
import { checkDoi } from './identifiers.ts'
import { workOfCrossref } from './import/crossref-record.ts'
import type { Note } from './import/imported.ts'
import type { Work } from './work.ts'

/** What Crossref said about a DOI and when. `answer` is its message as it came, null when it does not know the DOI. */
export type DoiAnswer = { status: 'found' | 'not-found'; answer: unknown; fetchedAt: Date }

/** Where answers are kept between look-ups. */
export type DoiCache = {
  get(doi: string): Promise<DoiAnswer | null>
  put(doi: string, answer: DoiAnswer): Promise<void>
}

/** Why Crossref could not be asked. */
export type OfflineCause =
  'unreachable' | 'timeout' | 'server-error' | 'rate-limited' | 'answer-unreadable' | 'switched-off'

export type DoiLookUp =
  | { status: 'found'; doi: string; work: Work; notes: Note[]; fetchedAt: Date; fromCache: boolean }
  | { status: 'not-found'; doi: string; fetchedAt: Date; fromCache: boolean }
  /** Crossref knows the DOI, but its record cannot be a work (it has no title, for one). */
  | { status: 'unusable'; doi: string; reason: string; params: Note['params']; fetchedAt: Date }
  /** Crossref could not or may not be asked and there is no recent answer; `cached` is the last one, however old. */
  | {
      status: 'offline'
      doi: string
      cause: OfflineCause
      cached: { work: Work; fetchedAt: Date; ageDays: number } | null
    }
  | { status: 'invalid-doi'; input: string }

export type LookUpContext = {
  fetch: typeof globalThis.fetch
  cache: DoiCache
  now: () => Date
  /** without a slash at the end */
  baseUrl?: string
  timeoutMs?: number
  /** address of who runs this installation, as Crossref asks of polite clients */
  mailto?: string | null
  /** true: only the cache is asked */
  switchedOff?: boolean
}

const dayMs = 86_400_000
/** An answer is used without asking again for this many days; a DOI may be registered tomorrow, so "unknown" only for one. */
const freshDays = { found: 30, 'not-found': 1 } as const

const ageDays = (answer: DoiAnswer, now: Date) =>
  Math.floor((now.getTime() - answer.fetchedAt.getTime()) / dayMs)

function resultOf(doi: string, answer: DoiAnswer, fromCache: boolean): DoiLookUp {
  const { fetchedAt } = answer
  if (answer.status === 'not-found') return { status: 'not-found', doi, fetchedAt, fromCache }
  const outcome = workOfCrossref(answer.answer)
  if (!outcome.ok) {
    const { reason, params } = outcome
    return { status: 'unusable', doi, reason, params, fetchedAt }
  }
  return { status: 'found', doi, work: outcome.work, notes: outcome.notes, fetchedAt, fromCache }
}

function offline(doi: string, cause: OfflineCause, cached: DoiAnswer | null, now: Date): DoiLookUp {
  const result = cached && resultOf(doi, cached, true)
  if (!cached || result?.status !== 'found') return { status: 'offline', doi, cause, cached: null }
  const { work, fetchedAt } = result
  return { status: 'offline', doi, cause, cached: { work, fetchedAt, ageDays: ageDays(cached, now) } }
}

type Asked = { ok: true; answer: DoiAnswer } | { ok: false; cause: OfflineCause }

const messageSchema = z.object({ message: z.record(z.string(), z.unknown()) })

async function readAnswer(response: Response, fetchedAt: Date): Promise<Asked> {
  if (response.status === 404) return { ok: true, answer: { status: 'not-found', answer: null, fetchedAt } }
  if (response.status === 429) return { ok: false, cause: 'rate-limited' }
  if (!response.ok) return { ok: false, cause: 'server-error' }
  const body = messageSchema.safeParse(await response.json())
  if (!body.success) return { ok: false, cause: 'answer-unreadable' }
  return { ok: true, answer: { status: 'found', answer: body.data.message, fetchedAt } }
}

const isTimeout = (error: unknown) => error instanceof Error && error.name === 'TimeoutError'

async function ask(doi: string, context: LookUpContext): Promise<Asked> {
  const { baseUrl = 'https://api.crossref.org', timeoutMs = 10_000, mailto = null } = context
  const contact = mailto === null ? '' : `?mailto=${encodeURIComponent(mailto)}`
  const url = `${baseUrl}/works/${encodeURIComponent(doi)}${contact}`
  try {
    const response = await context.fetch(url, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
    })
    return await readAnswer(response, context.now())
  } catch (error) {
    if (isTimeout(error)) return { ok: false, cause: 'timeout' }
    return { ok: false, cause: error instanceof SyntaxError ? 'answer-unreadable' : 'unreachable' }
  }
}

/**
 * Looks a DOI up: first in the cache (30 days for a known DOI, one for an unknown), then at Crossref. When Crossref cannot be
 * asked the answer says so and why, with the last cached answer and its age; it is never mistaken for "not found".
 * Throws only what the cache throws.
 */
export async function lookUpDoi(input: string, context: LookUpContext): Promise<DoiLookUp> {
  const checked = checkDoi(input)
  if (!checked.ok) return { status: 'invalid-doi', input }
  const doi = checked.value
  const cached = await context.cache.get(doi)
  if (cached && ageDays(cached, context.now()) < freshDays[cached.status]) return resultOf(doi, cached, true)
  if (context.switchedOff) return offline(doi, 'switched-off', cached, context.now())
  const asked = await ask(doi, context)
  if (!asked.ok) return offline(doi, asked.cause, cached, context.now())
  await context.cache.put(doi, asked.answer)
  return resultOf(doi, asked.answer, false)
}
