import type { EvidenceInput, Participant, RouteResponse } from '@ustaz/core/contract'
import { UstazError } from '@ustaz/core/contract'
import type { Actor, EvidenceAccess } from '@ustaz/core/plugin'
import type { commitImport as route, KnownWork } from '../contract.ts'
import { findDuplicates } from '../identity.ts'
import type { Work } from '../work.ts'
import { findKnownWorks, workIndicator } from './known-works.ts'

type Outcome = RouteResponse<typeof route>['outcomes'][number]
export type ChosenWork = { work: Work; happenedOn: string | null; participants: Participant[] }

const inputOf = ({ work, happenedOn, participants }: ChosenWork): EvidenceInput => ({
  indicator: workIndicator,
  data: { ...work },
  happenedOn,
  participants,
})

/** Of works that are one, which is entered for which: one with a DOI if any has it, else the first. */
function standIns(chosen: readonly ChosenWork[]): Map<number, number> {
  const groups = findDuplicates(chosen.map(({ work }) => work))
  return new Map(
    groups.flatMap(({ same }) => {
      const kept = same.find((i) => chosen[i]?.work.doi != null) ?? same[0]
      return same.flatMap((i): [number, number][] => (kept === undefined || i === kept ? [] : [[i, kept]]))
    }),
  )
}

/** Faults name the works as the request counted them: `/works/7/work/title`. */
function placeFaults(error: unknown, places: readonly number[]): unknown {
  if (!(error instanceof UstazError) || error.issues.length === 0) return error
  const issues = error.issues.map(({ path, ...fault }) => {
    const place = path.replace(/^\/(\d+)/, (_, i: string) => `/works/${places[Number(i)] ?? i}`)
    return { ...fault, path: place.replace(/^(\/works\/\d+)\/data/, '$1/work') }
  })
  const { code, status, params } = error
  return new UstazError(code, { status, params, issues, cause: error })
}

const duplicateOf = ({ id, title, state }: Pick<KnownWork, 'id' | 'title' | 'state'>): Outcome => ({
  outcome: 'duplicate',
  id,
  title,
  state,
})

/**
 * Enters works as drafts in the name of the actor, all or none, and answers for each: created, or the entry that is the same
 * work. Throws `evidence-invalid`, `not-allowed`.
 */
export async function commitImport(
  chosen: readonly ChosenWork[],
  actor: Actor,
  evidence: EvidenceAccess,
): Promise<Outcome[]> {
  const works = chosen.map(({ work }) => work)
  const known = await findKnownWorks(works, evidence)
  const answers = known.map((there) => (there?.certain ? duplicateOf(there) : null))
  const instead = standIns(chosen)
  const places = [...works.keys()].filter((i) => answers[i] === null && !instead.has(i))
  const inputs = places.map((i) => inputOf(chosen[i]!))
  const entered = await evidence.createDrafts(actor, inputs).catch((error: unknown) => {
    throw placeFaults(error, places)
  })
  for (const [n, outcome] of entered.entries())
    answers[places[n]!] = outcome.outcome === 'created' ? outcome : duplicateOf(outcome.existing)
  for (const [i, kept] of instead) {
    const stand = answers[kept]!
    const title = works[kept]!.title
    answers[i] ??= stand.outcome === 'created' ? duplicateOf({ id: stand.id, title, state: 'draft' }) : stand
  }
  return answers.filter((answer) => answer !== null)
}
