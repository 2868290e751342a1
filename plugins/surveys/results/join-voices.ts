import { createHash } from 'node:crypto'

/** What one person thinks of a part (teacher and place), a number from 0 to 100. */
export interface Rated {
  part: string
  value: number
}
export interface Joined extends Rated {
  /** Answers with the same are taken as one person's. */
  student: string
}

/**
 * Whose answers are estimated with as one person's. Only people who rated exactly the same parts as at least `threshold` - 1 others stay joined;
 * every answer of the others stands for a person of its own. Where in a part these would be fewer than the threshold, more people are taken
 * apart until they are enough, or none. With given variances a prediction depends on joined answers only by their sums over the people of a
 * kind, part by part, and on the others by their sums over each part: so whatever is shown comes from sums over at least `threshold` people, and
 * who has a rare combination of teachers is not in it as such. The variances come from all answers together (README: Linked answers).
 */
export function joinVoices(voices: readonly (readonly Rated[])[], threshold: number): Joined[] {
  const kinds = new Map(
    [...Map.groupBy(mix(voices), kindOf)].map(([key, people]) => [
      key,
      { parts: partsOf(people[0]!), people },
    ]),
  )
  const kindsOf = Map.groupBy(
    [...kinds].flatMap(([key, { parts }]) => parts.map((part) => ({ key, part }))),
    ({ part }) => part,
  )
  const apart: (readonly Rated[])[] = []
  const count = new Map<string, number>()
  const takeApart = (key: string, few: number) => {
    const kind = kinds.get(key)!
    const left = kind.people.length - few
    const taken = kind.people.splice(left < threshold ? 0 : left)
    if (kind.people.length === 0) kinds.delete(key)
    apart.push(...taken)
    for (const part of kind.parts) count.set(part, (count.get(part) ?? 0) + taken.length)
  }
  for (const [key, { parts, people }] of [...kinds])
    if (parts.length < 2 || people.length < threshold) takeApart(key, people.length)
  const toCheck = [...count.keys()]
  for (let part = toCheck.pop(); part !== undefined; part = toCheck.pop()) {
    if (count.get(part)! >= threshold) continue
    const [largest] = kindsOf
      .get(part)!
      .filter(({ key }) => kinds.has(key))
      .sort((a, b) => kinds.get(b.key)!.people.length - kinds.get(a.key)!.people.length)
    if (!largest) continue
    toCheck.push(...kinds.get(largest.key)!.parts)
    takeApart(largest.key, 1)
  }
  const joined = [...kinds.values()].flatMap(({ people }) => people)
  return [
    ...joined.flatMap((voice, person) => voice.map((one) => ({ ...one, student: `${person}` }))),
    ...apart.flatMap((voice, person) =>
      voice.map((one, index) => ({ ...one, student: `${joined.length + person}/${index}` })),
    ),
  ]
}

/** In an order that comes from nothing but what was said, and favours none of it: the same answers give the same result, however they lie. */
function mix(voices: readonly (readonly Rated[])[]): (readonly Rated[])[] {
  const digest = (voice: readonly Rated[]) =>
    createHash('sha256')
      .update(JSON.stringify(voice.map(({ value }) => value)))
      .digest('hex')
  return voices
    .map((voice) => ({ voice, key: digest(voice) + kindOf(voice) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ voice }) => voice)
}

function kindOf(voice: readonly Rated[]): string {
  return JSON.stringify(voice.map(({ part }) => part).sort())
}

function partsOf(voice: readonly Rated[]): string[] {
  return [...new Set(voice.map(({ part }) => part))]
}
