import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { checkDoi, checkIssn } from '../identifiers.ts'
import { looseDate } from '../import/dates.ts'
import { parseWorks } from '../import/parse-works.ts'
import { plainText } from '../import/plain-text.ts'
import { compareAll } from './compare-works.ts'
import type { Expected } from './compare-works.ts'
import type { Group, GroupReport } from './group.ts'
import { filesIn, openGroup } from './group.ts'

const text = z.string().nullish()
const itemSchema = z.object({
  title: text,
  DOI: text,
  date: text,
  ISSN: text,
  creators: z.array(z.object({ creatorType: text })).nullish(),
})
const pairSchema = z.object({ input: z.string(), expected_zotero_items: z.array(itemSchema) })

/** Zotero lists editors and others among the creators; only when all are authors does their number say how many authors there are. */
function authorsOf(item: z.infer<typeof itemSchema>): number | null {
  const creators = item.creators ?? []
  const authors = creators.filter(({ creatorType }) => creatorType === 'author' || creatorType === 'inventor')
  return authors.length === 0 && creators.length > 0 ? null : authors.length
}

function expectedOf(item: z.infer<typeof itemSchema>): Expected {
  const doi = item.DOI ? checkDoi(item.DOI) : null
  const issns = (item.ISSN ?? '').split(/[\s,;]+/).map(checkIssn)
  return {
    title: plainText(item.title),
    doi: doi?.ok ? doi.value : null,
    date: item.date ? looseDate(item.date).date : null,
    authors: authorsOf(item),
    issns: issns.flatMap((issn) => (issn.ok ? [issn.value] : [])),
  }
}

function checkPair(group: Group, name: string, pair: z.infer<typeof pairSchema>): void {
  const { format, works, refused } = parseWorks(pair.input)
  const items = pair.expected_zotero_items
  if (format === null) {
    const [why] = refused
    group.refuse(
      `${why?.reason ?? 'format-unknown'}${why?.params.format ? ` (${why.params.format})` : ''}`,
      items.length,
    )
    return
  }
  group.read(works.length)
  for (const { reason } of refused) group.refuse(reason)
  const titled = items.filter(
    (item) => plainText(item.title) !== null || !refused.some(({ reason }) => reason === 'title-missing'),
  )
  compareAll(
    group,
    name,
    works.map(({ work }) => work),
    titled.map(expectedOf),
  )
}

/** Import texts with the items another program makes of them; files without import texts are passed over. */
export function checkZoteroPairs(folder: string): GroupReport[] {
  return filesIn(join(folder, 'zotero_pairs'), '.json').flatMap((name) => {
    const json: unknown = JSON.parse(readFileSync(join(folder, 'zotero_pairs', name), 'utf8'))
    const pairs = z
      .array(z.unknown())
      .catch([])
      .parse(json)
      .flatMap((pair) => pairSchema.safeParse(pair).data ?? [])
    if (pairs.length === 0) return []
    const group = openGroup(`zotero_pairs/${name}: title, DOI, date, authors, ISSN as expected`)
    for (const [i, pair] of pairs.entries()) checkPair(group, `text ${i + 1}`, pair)
    return [group.report]
  })
}
