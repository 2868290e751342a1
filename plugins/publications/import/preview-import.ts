import type { Language } from '@ustaz/core/contract'
import { UstazError } from '@ustaz/core/contract'
import type { AskingForAuthors, AuthorContext } from '../authors/suggest-for-authors.ts'
import { importLimits } from '../contract.ts'
import type { Preview } from '../contract.ts'
import { findDuplicates } from '../identity.ts'
import { mergeWorks } from '../merge.ts'
import { textOf } from '../texts.ts'
import type { Work } from '../work.ts'
import type { ImportedWork, ImportResult, RefusedEntry } from './imported.ts'
import { parseWorks } from './parse-works.ts'
import { proposeWorks } from './propose-work.ts'

const megabyte = 1024 * 1024

function refuseTooMuch({ works, refused }: ImportResult): void {
  const count = works.length + refused.length
  const { entries: limit } = importLimits
  if (count <= limit) return
  throw new UstazError('publications.import-too-many', { status: 413, params: { count, limit } })
}

type Standing = Map<number, { sameAs: number | null; doubtful: number[]; work: Work }>

/** Which entries of the file are one work: the first stands for all, completed by what only the others say. */
function joinDuplicates(imported: readonly ImportedWork[]): Standing {
  const standing: Standing = new Map(imported.map(({ work }, i) => [i, { sameAs: null, doubtful: [], work }]))
  for (const { same, doubtful } of findDuplicates(imported.map(({ work }) => work))) {
    const [first, ...others] = same
    for (const i of doubtful) standing.get(i)?.doubtful.push(...[...same, ...doubtful].filter((j) => j !== i))
    const kept = first === undefined ? undefined : standing.get(first)
    if (!kept || first === undefined) continue
    for (const i of others) {
      const other = standing.get(i)
      if (!other) continue
      other.sameAs = first
      kept.work = mergeWorks({ source: 'csl', work: kept.work }, { source: 'csl', work: other.work }).work
    }
  }
  return standing
}

function describeRefused({ index, line, reason, params, excerpt }: RefusedEntry, language: Language) {
  const doi = typeof params.doi === 'string' ? params.doi : null
  return { index, line, reason: textOf(language, 'refusals', { code: reason, params }), doi, excerpt }
}

/** Throws `publications.import-too-large`, `publications.import-too-many`. Writes nothing. */
export async function previewImport(
  file: Uint8Array,
  context: AuthorContext,
  asking: AskingForAuthors,
): Promise<Preview> {
  const { language } = asking
  const { megabytes } = importLimits
  if (file.length > megabytes * megabyte)
    throw new UstazError('publications.import-too-large', { status: 413, params: { limit: megabytes } })
  const read = parseWorks(file)
  refuseTooMuch(read)
  const standing = joinDuplicates(read.works)
  const works = read.works.map(({ work, notes }, i) => ({ work: standing.get(i)?.work ?? work, notes }))
  const proposed = await proposeWorks(works, context, asking)
  const indexOf = (i: number) => read.works[i]?.index ?? i
  return {
    format: read.format,
    encoding: read.encoding,
    notes: read.notes.map((one) => textOf(language, 'notes', one)),
    entries: proposed.map((entry, i) => {
      const { sameAs, doubtful } = standing.get(i) ?? { sameAs: null, doubtful: [] }
      const { index = i, line = null, key = null } = read.works[i] ?? {}
      const same = sameAs === null ? null : indexOf(sameAs)
      return { ...entry, index, line, key, sameAs: same, doubtful: doubtful.map(indexOf) }
    }),
    refused: read.refused.map((entry) => describeRefused(entry, language)),
  }
}
