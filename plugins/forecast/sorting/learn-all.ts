import { inThread } from '@ustaz/core/plugin'
import type { PluginContext } from '@ustaz/core/plugin'
import type { ForecastTables } from '../tables.ts'
import { fieldsOf } from './entry-text.ts'
import type { FieldsOfKind } from './entry-text.ts'
import { labelledBy } from './labelled-by.ts'
import type { Learned, ToLearn } from './learn-thread.ts'
import { replaceMatchings } from './matching/store.ts'
import { replaceTasks, replaceUsual } from './store.ts'
import type { UsualRow } from './store.ts'
import { usualOf } from './unusual.ts'

type Context = PluginContext<ForecastTables>
type Entry = Awaited<ReturnType<Context['records']['listApproved']>>[number]

/** The newest are learned from: what was called what ten years ago says little. */
export const mostEntries = 30_000
const pageSize = 2000

/**
 * Learns from the newest 30,000 approved entries which kind a title belongs to, what the choices of each kind usually are by what is written,
 * what numbers are usual, and which candidates people decided for; replaces what was learned before. Everything can be done again.
 */
export async function learnAll(context: Context, signal: AbortSignal): Promise<void> {
  const kinds = new Map(
    context.records.listKinds().map(({ indicator, schema }) => [indicator, fieldsOf(schema)]),
  )
  const entries = await readEntries(context, signal)
  const thread = new URL('./learn-thread.ts', import.meta.url)
  const given: ToLearn = {
    tasks: [...labelledBy(entries, kinds)],
    matchings: await readMatchings(context, signal),
  }
  const { tasks, matchings } = await inThread<Learned>(thread, given, { signal })
  const numbers = usualNumbers(entries, kinds, await context.records.countByYear())
  await context.db.transaction().execute(async (trx) => {
    await replaceTasks(trx, tasks, context.now())
    await replaceMatchings(trx, matchings, context.now())
    await replaceUsual(trx, numbers)
  })
  const judged = matchings.filter(({ outcome }) => outcome.refused === null).length
  context.log.info(
    `suggestions: ${tasks.length} tasks learned from ${entries.length} approved entries, and ${judged} of ${matchings.length} matchings`,
  )
}

async function readMatchings(context: Context, signal: AbortSignal): Promise<ToLearn['matchings']> {
  const found: ToLearn['matchings'] = []
  for (const { id, features, examples } of context.matchings.list())
    found.push({ matching: id, features, examples: await examples(signal) })
  return found
}

async function readEntries({ records }: Context, signal: AbortSignal): Promise<Entry[]> {
  const entries: Entry[] = []
  let before: number | null = null
  while (entries.length < mostEntries) {
    signal.throwIfAborted()
    const page: Entry[] = await records.listApproved({ before, limit: pageSize })
    entries.push(...page)
    if (page.length < pageSize) break
    before = page.at(-1)!.id
  }
  return entries
}

function usualNumbers(
  entries: readonly Entry[],
  kinds: ReadonlyMap<string, FieldsOfKind>,
  years: Awaited<ReturnType<Context['records']['countByYear']>>,
): UsualRow[] {
  const byKind = Map.groupBy(entries, ({ indicator }) => indicator)
  const given = [...byKind].flatMap(([indicator, own]) => [
    ...(kinds.get(indicator)?.numbers ?? []).map((field) => ({
      indicator,
      what: `data/${field}`,
      numbers: own.flatMap(({ data }) => numberOf(data[field]) ?? []),
    })),
    { indicator, what: 'participants', numbers: own.map(({ participants }) => participants) },
    {
      indicator,
      what: 'year',
      numbers: years
        .filter((one) => one.indicator === indicator)
        .flatMap(({ entries: count, times }) => new Array<number>(times).fill(count)),
    },
  ])
  return given.flatMap(({ indicator, what, numbers }) => {
    const found = usualOf(numbers)
    return found ? [{ indicator, what, ...found }] : []
  })
}

/** Numbers of a form may be stored as exact decimals in text. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null
}
