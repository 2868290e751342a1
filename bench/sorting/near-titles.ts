import { verdictOf } from '../../core/evidence/copies/likeness.ts'
import { areNear } from '../../core/evidence/copies/near-titles.ts'
import { lettersOf } from '../../core/evidence/copies/title-likeness.ts'
import type { EvidenceKind } from '../../core/plugin/index.ts'
import type { Entry } from '../../demo/evidence/entry.ts'
import { seeded } from '../../plugins/forecast/network/random.ts'

type Random = () => number
type Changed = (title: string) => string | null

const limits = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85]
const pick = <T>(list: readonly T[], random: Random): T | undefined =>
  list[Math.floor(random() * list.length)]

/** How one title is written a second time; null: this one cannot be so. */
function changesBy(titles: readonly string[], random: Random): Record<string, Changed> {
  const wordIn = (title: string) => pick([...title.matchAll(/\p{L}{4,}/gu)], random)
  const inWord = (change: (word: string) => string) => (title: string) => {
    const word = wordIn(title)
    if (!word) return null
    return title.slice(0, word.index) + change(word[0]) + title.slice(word.index + word[0].length)
  }
  const slip = inWord((word) => {
    const at = Math.floor(random() * (word.length - 1))
    const [a, b] = [word[at]!, word[at + 1]!]
    const letters = pick([b + a, b, a + a + b, (pick([...word], random) ?? a) + b], random)!
    return word.slice(0, at) + letters + word.slice(at + 2)
  })
  return {
    'a slip of the pen': slip,
    'two slips': (title) => slip(slip(title) ?? title),
    'half its letters from another alphabet': (title) =>
      title.replace(/[aeopcxyаеорсху]/gu, (letter) => (random() < 0.5 ? otherOf(letter) : letter)),
    'a word missing': inWord(() => ''),
    'a word changed': inWord((word) => wordIn(pick(titles, random)!)?.[0] ?? word),
    'the subtitle missing': (title) => /^(.{12,}?)(?:: | [-–—] |\. | \()/u.exec(title)?.[1] ?? null,
  }
}

const [latin, cyrillic] = ['aeopcxy', 'аеорсху']
const otherOf = (letter: string) =>
  cyrillic[latin.indexOf(letter)] ?? latin[cyrillic.indexOf(letter)] ?? letter

/** Of titles that are written a second time, the share that is found at each limit of likeness. */
export function shareFound(titles: readonly string[], seed: number) {
  const changes = changesBy(titles, seeded(seed))
  return Object.entries(changes).map(([change, of]) => {
    const pairs = titles.flatMap((title): [string, string][] => {
      const changed = of(title)
      return changed === null || changed === title ? [] : [[title, changed]]
    })
    const share = (limit: number) => pairs.filter(([a, b]) => areNear(a, b, limit)).length / pairs.length
    return { change, pairs: pairs.length, shares: limits.map((limit) => ({ limit, share: share(limit) })) }
  })
}

const nearDays = 31
const dayOf = ({ happenedOn }: Entry) => Date.parse(happenedOn) / 86_400_000

/** Of entries that are all of different works: how many pairs would be shown for near titles at each limit, by people whom both have. */
export function falsePairs(entries: readonly Entry[], kinds: ReadonlyMap<string, EvidenceKind<never>>) {
  const known = entries
    .filter(({ state }) => state !== 'rejected')
    .map((entry, id) => ({ id, entry, title: kinds.get(entry.indicator)?.title(entry.data as never) ?? '' }))
  const byPlace = Map.groupBy(
    known.flatMap((one) => one.entry.participants.map(({ teacher }) => ({ teacher, one }))),
    ({ teacher, one }) => (teacher === null ? '' : `${teacher} ${one.entry.indicator}`),
  )
  byPlace.delete('')
  const near = new Map<string, [string, string]>()
  for (const own of byPlace.values())
    for (const { one: a } of own)
      for (const { one: b } of own) {
        const kind = kinds.get(a.entry.indicator) ?? null
        const isLate = !kind?.compare && Math.abs(dayOf(a.entry) - dayOf(b.entry)) > nearDays
        const isOther = a.id < b.id && lettersOf(a.title) !== lettersOf(b.title)
        if (isLate || !isOther || !areNear(a.title, b.title, limits[0])) continue
        const [first, second] = [a, b].map(({ title, entry }) => ({ title, data: entry.data }))
        if (verdictOf(kind, first!, second!) !== 'different') near.set(`${a.id} ${b.id}`, [a.title, b.title])
      }
  const countOf = (limit: number) => [...near.values()].filter(([a, b]) => areNear(a, b, limit)).length
  return { entries: known.length, pairs: limits.map((limit) => ({ limit, count: countOf(limit) })) }
}
