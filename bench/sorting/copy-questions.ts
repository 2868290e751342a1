import { featuresOf, likenessOf } from '../../core/evidence/copies/likeness.ts'
import type { Compared } from '../../core/evidence/copies/likeness.ts'
import type { EvidenceKind, MatchExample } from '../../core/plugin/index.ts'
import { seeded } from '../../plugins/forecast/network/random.ts'
import { work as kind } from '../../plugins/publications/kinds/work.ts'
import { workIdentity } from '../../plugins/publications/identity.ts'
import type { Work } from '../../plugins/publications/work.ts'
import type { RealWork } from './real-works.ts'

/**
 * Pairs of entries with one title out of real works. One work twice: as Crossref has it, and as somebody types it, who leaves fields out and
 * mistakes one in twelve. Two works: real ones of one journal under a title such as both may have ("Editorial"). What is typed is invented.
 */
export function copyQuestions(works: readonly RealWork[], seed: number): MatchExample[] {
  const random = seeded(seed)
  const usable = works
    .map(({ work }) => work)
    .filter(({ year, container }) => year !== null && container !== null)
  const same = usable.map((work) => ({ isOne: true, pair: [work, typed(work, random)] as const }))
  const neighbours = [...Map.groupBy(usable, ({ container }) => container).values()].flatMap((own) =>
    own.slice(1).map((work, at) => [own[at]!, work] as const),
  )
  const different = neighbours.map(([a, b]) => ({
    isOne: false,
    pair: [{ ...a, title: 'Editorial' }, typed({ ...b, title: 'Editorial' }, random)] as const,
  }))
  return [...same, ...different].flatMap(({ isOne, pair }, index) => {
    const teachers = [1 + Math.floor(random() * 40), 1 + Math.floor(random() * 40)]
    const first = compared(pair[0], { teacherIds: [teachers[0]!], happenedOn: dayOf(pair[0]) })
    const second = compared(pair[1], {
      teacherIds: isOne || random() < 0.3 ? teachers : [teachers[1]!],
      happenedOn: isOne && random() < 0.6 ? first.happenedOn : dayOf(pair[1]),
    })
    const likeness = likenessOf(kind as unknown as EvidenceKind<never>, first, second)
    // What the kind holds for different is never put before a person.
    if (likeness.verdict === 'different') return []
    return [
      { key: String(index), candidates: [{ features: featuresOf(likeness, first, second), right: isOne }] },
    ]
  })
}

function typed(work: Work, random: () => number): Work {
  const kept = <T>(value: T | null, share: number) => (random() < share ? value : null)
  return {
    ...work,
    ...{ doi: kept(work.doi, 0.2), volume: kept(work.volume, 0.7), issue: kept(work.issue, 0.5) },
    pages: random() < 1 / 12 ? '1-2' : kept(work.pages, 0.6),
    year: work.year! + (random() < 1 / 12 ? 1 : 0),
    container: random() < 1 / 12 ? `${work.container} (online)` : work.container,
    ...{
      date: null,
      authors: [],
      issns: random() < 0.4 ? work.issns : [],
      publisher: kept(work.publisher, 0.3),
    },
  }
}

const dayOf = ({ date, year }: Work) => (date !== null && date.length === 10 ? date : `${year}-01-01`)
const compared = (work: Work, entered: Pick<Compared, 'teacherIds' | 'happenedOn'>): Compared => ({
  ...{ title: work.title, data: { ...work }, identity: workIdentity(work) },
  ...entered,
})
