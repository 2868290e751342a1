import type { ApprovedEntry, MatchExample, Matching, PluginContext } from '@ustaz/core/plugin'
import { fold } from '../fold.ts'
import type { PublicationTables } from '../tables.ts'
import { workSchema } from '../work.ts'
import type { Author } from '../work.ts'
import { authorFeatures, featuresOf } from './author-features.ts'
import { givenWords, isInitial } from './compare-names.ts'
import { printedName } from './printed-name.ts'
import { knowTeachers } from './know-teachers.ts'
import type { KnownTeachers } from './know-teachers.ts'

/** Of the newest approved works. */
const mostWorks = 10_000
const pageSize = 1000
type Context = PluginContext<PublicationTables>

/** Which teacher a printed name is, as approved works with printed names have it. Names of nobody are questions too, to which no candidate is right. */
export const authorMatching: Matching<PublicationTables> = {
  id: 'co-author',
  features: authorFeatures,
  async examples(context, signal) {
    const known = await knowTeachers(context)
    return authorExamples(await readWorks(context, signal), known)
  },
}

async function readWorks({ evidence }: Context, signal: AbortSignal): Promise<ApprovedEntry[]> {
  const works: ApprovedEntry[] = []
  let before: number | null = null
  while (works.length < mostWorks) {
    signal.throwIfAborted()
    const page: ApprovedEntry[] = await evidence.listApproved('publications.work', {
      before,
      limit: pageSize,
    })
    works.push(...page)
    if (page.length < pageSize) break
    before = page.at(-1)!.id
  }
  return works
}

/**
 * Each author of each work with the teachers whose names come near; what they did together is counted without the work itself. A name printed in
 * full is asked once more with an initial, as people type it.
 */
export function authorExamples(
  works: readonly Pick<ApprovedEntry, 'id' | 'data' | 'participants'>[],
  known: KnownTeachers,
): MatchExample[] {
  const shared = countShared(works)
  return works.flatMap(({ id, data, participants }) => {
    const { success, data: work } = workSchema.pick({ authors: true }).safeParse(data)
    if (!success) return []
    const teachers = participants.flatMap(({ teacherId }) => teacherId ?? [])
    return work.authors.flatMap((author, place) => {
      const found = known.candidatesFor(author).map((one) => one.teacherId)
      const own = rightOf(author, participants[place], { teachers, found })
      return [author, ...withInitial(author)].map((printed) => ({
        key: `${id}/${place}`,
        candidates: candidatesOf(printed, { own, teachers }, { known, shared }),
      }))
    })
  })
}

function withInitial(author: Author): Author[] {
  const [first] = givenWords(author.given ?? '')
  if (author.family === null || first === undefined || isInitial(first)) return []
  return [{ ...author, given: `${first.charAt(0)}.`, orcid: null }]
}

/** Without those who take part as somebody else. */
function candidatesOf(
  author: Author,
  { own, teachers }: { own: number | null; teachers: readonly number[] },
  { known, shared }: { known: KnownTeachers; shared: ReadonlyMap<string, number> },
): MatchExample['candidates'] {
  const others = teachers.filter((teacherId) => teacherId !== own)
  return known
    .candidatesFor(author)
    .filter(({ teacherId }) => !others.includes(teacherId))
    .toSorted((a, b) => a.teacherId - b.teacherId)
    .map((candidate) => {
      const { teacherId } = candidate
      const isHere = teachers.includes(teacherId) ? 1 : 0
      const counts = others.map((other) => (shared.get(pairOf(teacherId, other)) ?? 0) - isHere)
      const together = others.length === 0 ? null : Math.max(...counts)
      const features = featuresOf(candidate, { ...known.standingOf(teacherId, others), together })
      return { features, right: teacherId === own }
    })
}

/** The participant in the author's place; where people were put in another order, the one of the candidates who takes part. null: nobody. */
function rightOf(
  author: Author,
  inPlace: ApprovedEntry['participants'][number] | undefined,
  { teachers, found }: { teachers: readonly number[]; found: readonly number[] },
): number | null {
  if (inPlace?.teacherId === null && fold(inPlace.name) === fold(printedName(author))) return null
  if (inPlace && inPlace.teacherId !== null && found.includes(inPlace.teacherId)) return inPlace.teacherId
  const taking = found.filter((teacherId) => teachers.includes(teacherId))
  return taking.length === 1 ? taking[0]! : null
}

const pairOf = (a: number, b: number) => (a < b ? `${a} ${b}` : `${b} ${a}`)

function countShared(works: readonly Pick<ApprovedEntry, 'participants'>[]): Map<string, number> {
  const shared = new Map<string, number>()
  for (const { participants } of works) {
    const ids = [...new Set(participants.flatMap(({ teacherId }) => teacherId ?? []))]
    ids.forEach((a, at) => {
      for (const b of ids.slice(at + 1)) shared.set(pairOf(a, b), (shared.get(pairOf(a, b)) ?? 0) + 1)
    })
  }
  return shared
}
