import { expect, test } from 'vitest'
import { person } from '../test-university.ts'
import { uniteParticipants } from './unite-participants.ts'

const aigul = person('Оразбаева А.', { teacherId: 1, role: 'lead' })
const marat = person('Ахметов М.', { teacherId: 2, role: 'member' })

test('those of the other come behind, each once', () => {
  expect(uniteParticipants([aigul], [marat, aigul])).toEqual([aigul, marat])
  expect(uniteParticipants([], [marat])).toEqual([marat])
})

test('a name without a teacher is the same person as that name with one, whatever its punctuation', () => {
  expect(uniteParticipants([person('АХМЕТОВ, М', { affiliated: false }), aigul], [marat])).toEqual([
    person('АХМЕТОВ, М', { teacherId: 2, role: 'member' }),
    aigul,
  ])
  const namesake = person('Оразбаева А.', { teacherId: 3 })
  expect(uniteParticipants([aigul], [namesake])).toEqual([aigul, namesake])
})

test('shares of those who are added stay within the whole, to the last of twelve decimals', () => {
  const of = (share: string | null, one = aigul) => ({ ...one, share })
  const third = of('0.333333333333')
  const rest = of('0.666666666667', marat)
  expect(uniteParticipants([third], [rest])).toEqual([third, rest])
  const tooMuch = of('0.666666666668', marat)
  expect(uniteParticipants([third], [tooMuch])).toEqual([third, of(null, marat)])
  expect(uniteParticipants([of('1')], [of('0.1', marat)])).toEqual([of('1'), of(null, marat)])
  expect(uniteParticipants([of(null)], [of('0.4', marat)])).toEqual([of(null), of('0.4', marat)])
})
