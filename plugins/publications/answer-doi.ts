import type { PluginContext } from '@ustaz/core/plugin'
import type { AskingForAuthors } from './authors/suggest-for-authors.ts'
import type { DoiAnswer, ProposedWork } from './contract.ts'
import type { DoiLookUp } from './crossref.ts'
import { lookUpDoi } from './crossref.ts'
import { doiCache } from './doi-cache.ts'
import type { Note } from './import/imported.ts'
import { proposeWorks } from './import/propose-work.ts'
import { settingsSchema } from './settings.ts'
import type { PublicationTables } from './tables.ts'
import { textOf } from './texts.ts'
import type { Work } from './work.ts'

type Context = PluginContext<PublicationTables>

async function ask(doi: string, { db, settings, now }: Context): Promise<DoiLookUp> {
  const { lookUp, baseUrl, mailto, timeoutSeconds } = settingsSchema.parse(settings)
  const timeoutMs = timeoutSeconds * 1000
  const address = { baseUrl: baseUrl.replace(/\/+$/, ''), mailto, timeoutMs, switchedOff: !lookUp }
  return await lookUpDoi(doi, { fetch: globalThis.fetch, cache: doiCache(db), now, ...address })
}

async function proposeOne(
  work: Work,
  notes: readonly Note[],
  context: Context,
  asking: AskingForAuthors,
): Promise<ProposedWork> {
  const [proposed] = await proposeWorks([{ work, notes }], context, asking)
  return proposed!
}

/** What became of a look-up, with the work as it would be proposed by an import. */
async function describe(found: DoiLookUp, context: Context, asking: AskingForAuthors): Promise<DoiAnswer> {
  const { language } = asking
  if (found.status === 'invalid-doi') {
    const params = { value: found.input.slice(0, 200) }
    const reason = textOf(language, 'issue', { code: 'doi-form', params })
    return { status: found.status, doi: found.input, reason }
  }
  if (found.status === 'offline') {
    const { doi, status, cached } = found
    const cause = textOf(language, 'offline', { code: found.cause, params: {} })
    if (!cached) return { status, doi, cause, cached }
    const proposed = await proposeOne(cached.work, [], context, asking)
    const fetchedAt = cached.fetchedAt.toISOString()
    return { status, doi, cause, cached: { proposed, fetchedAt, ageDays: cached.ageDays } }
  }
  const fetchedAt = found.fetchedAt.toISOString()
  if (found.status === 'unusable') {
    const reason = textOf(language, 'refusals', { code: found.reason, params: found.params })
    return { status: found.status, doi: found.doi, fetchedAt, reason }
  }
  const { doi, fromCache } = found
  if (found.status === 'not-found') return { status: found.status, doi, fetchedAt, fromCache }
  const proposed = await proposeOne(found.work, found.notes, context, asking)
  return { status: found.status, doi, fetchedAt, fromCache, proposed }
}

/** Looks a DOI up as the settings say and proposes the work. An answer out of reach is an answer, not a fault. */
export async function answerDoi(doi: string, context: Context, asking: AskingForAuthors): Promise<DoiAnswer> {
  return await describe(await ask(doi, context), context, asking)
}
