import type { EvidenceAccess, KnownEvidence, SimilarEvidence } from '@ustaz/core/plugin'
import type { KnownWork } from '../contract.ts'
import { fold } from '../fold.ts'
import { compareWorks, identityKeys, workIdentity } from '../identity.ts'
import type { Work } from '../work.ts'
import { workSchema } from '../work.ts'

/** The kind of evidence works are entered as. */
export const workIndicator = 'publications.work'

function knownBy(
  work: Work,
  found: Omit<KnownEvidence, 'identity'> & { identity: string | null },
  certain: boolean,
) {
  const { id, title, state } = found
  const identity = found.identity !== null && found.identity === workIdentity(work) ? found.identity : null
  return { id, title, state, identity, certain }
}

type Comparable = { entry: SimilarEvidence; data: Work }

/** By title; an entry that no longer fits the schema cannot be compared and is left out. */
function byTitle(similar: readonly SimilarEvidence[]): Map<string, Comparable[]> {
  const comparable = similar.flatMap((entry) => {
    const data = workSchema.safeParse(entry.data).data
    return data ? [{ entry, data }] : []
  })
  return Map.groupBy(comparable, ({ data }) => fold(data.title))
}

/** The surest first; of several that fit, nobody can say which is meant. */
function bestOf(work: Work, similar: readonly Comparable[]): KnownWork | null {
  const compared = similar.flatMap(({ entry, data }) => {
    const verdict = compareWorks(work, data)
    return verdict === 'different' ? [] : [knownBy(work, entry, verdict === 'same')]
  })
  const [sure, ...rivals] = compared.filter(({ certain }) => certain)
  if (sure) return { ...sure, certain: rivals.length === 0 }
  return compared[0] ?? null
}

/** For each work the evidence that is it already, or may be; null where there is none. One without a DOI is found beside one with. */
export async function findKnownWorks(
  works: readonly Work[],
  evidence: Pick<EvidenceAccess, 'findByIdentity' | 'findByTitle'>,
): Promise<(KnownWork | null)[]> {
  const keys = works.map(identityKeys)
  const found = await evidence.findByIdentity(workIndicator, [...new Set(keys.flat())])
  const byIdentity = new Map(found.map((entry) => [entry.identity, entry]))
  const identified = works.map((work, i) => {
    const entry = keys[i]?.map((key) => byIdentity.get(key)).find((one) => one !== undefined)
    return entry ? knownBy(work, entry, true) : null
  })
  const rest = works.filter((_, i) => !identified[i])
  const titles = [...new Set(rest.map(({ title }) => title))]
  const similar = byTitle(await evidence.findByTitle(workIndicator, titles))
  return works.map((work, i) => identified[i] ?? bestOf(work, similar.get(fold(work.title)) ?? []))
}
