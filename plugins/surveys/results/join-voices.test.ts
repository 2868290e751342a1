import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinVoices } from './join-voices.ts'
import type { Joined, Rated } from './join-voices.ts'

const voice = (parts: string, value = 1): Rated[] => [...parts].map((part) => ({ part, value }))
const times = (count: number, parts: string) => Array.from({ length: count }, () => voice(parts))

/** By person, the parts that are estimated with as that person's. */
const people = (joined: readonly Joined[]) =>
  [...Map.groupBy(joined, ({ student }) => student).values()].map((own) =>
    own
      .map(({ part }) => part)
      .sort()
      .join(''),
  )
const counted = (joined: readonly Joined[]) =>
  Object.fromEntries(
    [...Map.groupBy(people(joined), (parts) => parts)].map(([parts, { length }]) => [parts, length]),
  )

test('who rated the same teachers as enough others stays one person, whoever has a rare combination is taken apart', () => {
  expect(counted(joinVoices([...times(6, 'ab'), ...times(5, 'c'), ...times(5, 'ad')], 5))).toEqual({
    ab: 6,
    ad: 5,
    c: 5,
  })
  const rare = joinVoices([...times(20, 'ab'), ...times(20, 'cd'), voice('ac')], 5)
  expect(people(rare)).not.toContain('ac')
})

test('a rest of too few in a part takes others along, so that the difference to the whole tells nothing', () => {
  // One with a and c only: four of ab and four of cd go along.
  expect(counted(joinVoices([...times(20, 'ab'), ...times(20, 'cd'), voice('ac')], 5))).toEqual({
    // b and d have then four people apart, and one more of each kind goes along.
    ab: 15,
    cd: 15,
    a: 6,
    b: 5,
    c: 6,
    d: 5,
  })
  // Five would be left as four: then nobody stays joined.
  expect(counted(joinVoices([...times(5, 'ab'), voice('a')], 5))).toEqual({ a: 6, b: 5 })
})

const someVoices = fc.array(
  fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 5 })
    .map((parts) => voice(parts.join(''))),
  { maxLength: 60 },
)

test('in each part those who are joined alike, and those who are apart, are none or enough people', () => {
  fc.assert(
    fc.property(someVoices, fc.integer({ min: 2, max: 7 }), (voices, threshold) => {
      const byPerson = [...Map.groupBy(joinVoices(voices, threshold), ({ student }) => student).values()]
      const joined = byPerson.filter((own) => own.length > 1)
      const kinds = Map.groupBy(joined, (own) =>
        own
          .map(({ part }) => part)
          .sort()
          .join(''),
      )
      for (const own of kinds.values()) expect(own.length).toBeGreaterThanOrEqual(threshold)
      for (const part of 'abcde') {
        const has = (own: readonly Rated[]) => own.some((one) => one.part === part)
        const apart = voices.filter(has).length - joined.filter(has).length
        // Where nobody is joined what is apart is all there is of the part.
        if (joined.some(has)) expect(apart === 0 || apart >= threshold).toBe(true)
      }
    }),
    { numRuns: 2000 },
  )
})

test('no answer is lost, and none is there twice', () => {
  fc.assert(
    fc.property(someVoices, fc.integer({ min: 2, max: 7 }), (voices, threshold) => {
      const sorted = (all: readonly Rated[]) => all.map(({ part }) => part).sort()
      expect(sorted(joinVoices(voices, threshold))).toEqual(sorted(voices.flat()))
    }),
  )
})

test('the same voices in another order give the same', () => {
  fc.assert(
    fc.property(someVoices, fc.integer({ min: 2, max: 7 }), (voices, threshold) => {
      const said = voices.map((own, index) => own.map((one) => ({ ...one, value: index })))
      const sorted = (all: readonly Joined[]) => all.map((one) => JSON.stringify(one)).sort()
      expect(sorted(joinVoices([...said].reverse(), threshold))).toEqual(sorted(joinVoices(said, threshold)))
    }),
  )
})
