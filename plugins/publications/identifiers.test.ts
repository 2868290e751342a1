import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDoi, checkIsbn, checkIssn, checkOrcid, orcidCheckCharacter } from './identifiers.ts'

const checkCharacters = Array.from('0123456789X')
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))

describe('a DOI', () => {
  test.each([
    ['10.1371/journal.pone.0052774', '10.1371/journal.pone.0052774'],
    ['https://doi.org/10.1016/J.AIM.2013.04.020', '10.1016/j.aim.2013.04.020'],
    ['http://dx.doi.org/10.1016/j.actamat.2016.09.028', '10.1016/j.actamat.2016.09.028'],
    ['http://doi.acm.org/10.1145/820127.820136', '10.1145/820127.820136'],
    ['doi:10.1201/b19107-2', '10.1201/b19107-2'],
    ['DOI: 10.1063/1.1954747.', '10.1063/1.1954747'],
    ['https://doi.org/doi:10.1201/b19107-2', '10.1201/b19107-2'],
    [' (10.1063/1.1954747)'.trim().slice(1), '10.1063/1.1954747'],
    ['10.1016/S0140-6736(05)67728-8', '10.1016/s0140-6736(05)67728-8'],
    [
      'https://doi.org/10.1002/(SICI)1097-4571(1999)50:1%3C87::AID-ASI10%3E3.0.CO;2-2',
      '10.1002/(sici)1097-4571(1999)50:1<87::aid-asi10>3.0.co;2-2',
    ],
    ['10.1175/1520-0493(1974)102<0736:WACOJ>2.0.CO;2', '10.1175/1520-0493(1974)102<0736:wacoj>2.0.co;2'],
  ])('%s is written %s', (input, value) => {
    expect(checkDoi(input)).toEqual({ ok: true, value })
  })

  test.each(['', 'none', '10.12/x', '11.1000/182', '10.1000', '10.1000/', 'https://example.org/10.1000/182'])(
    'is not "%s"',
    (input) => {
      expect(checkDoi(input)).toEqual({ ok: false, reason: 'doi-form', input })
    },
  )

  test('does not change when it is written again in its normal form', () => {
    fc.assert(
      fc.property(fc.string(), (suffix) => {
        const once = checkDoi(`10.1234/${suffix}`)
        if (once.ok) expect(checkDoi(once.value)).toEqual(once)
      }),
    )
  })
})

describe('an ISSN', () => {
  // 0378-5955: 0*8+3*7+7*6+8*5+5*4+9*3+5*2 = 160, 160 mod 11 = 6, 11 - 6 = 5 (the example of ISO 3297 texts).
  test.each([
    ['0378-5955', '0378-5955'],
    ['03785955', '0378-5955'],
    ['ISSN: 0378-5955', '0378-5955'],
    ['2434-561x', '2434-561X'],
    ['2325-9671 (electronic)', '2325-9671'],
  ])('%s is written %s', (input, value) => {
    expect(checkIssn(input)).toEqual({ ok: true, value })
  })

  test.each([
    ['0378-5954', 'issn-checksum'],
    ['0000-0000', 'issn-filler'],
    ['978-1-4822-5326-9', 'issn-form'],
    ['', 'issn-form'],
  ])('%s is refused for its %s', (input, reason) => {
    expect(checkIssn(input)).toEqual({ ok: false, reason, input })
  })

  test('has exactly one right check character for any seven digits', () => {
    fc.assert(
      fc.property(digits(7), (first) => {
        fc.pre(!/^(\d)\1{6}$/.test(first))
        expect(checkCharacters.filter((last) => checkIssn(first + last).ok)).toHaveLength(1)
      }),
    )
  })
})

describe('an ISBN', () => {
  // 0-306-40615-2 -> 978-0-306-40615-7: 9+7*3+8+0*3+3+0*3+6+4*3+0+6*3+1+5*3 = 93, 10 - 3 = 7.
  test.each([
    ['0-306-40615-2', '9780306406157'],
    ['978-0-306-40615-7', '9780306406157'],
    ['ISBN-13: 978 1 4822 5326 9', '9781482253269'],
    ['0-8044-2957-x', '9780804429573'],
    ['0385527403 (hbk)', '9780385527408'],
  ])('%s is written %s', (input, value) => {
    expect(checkIsbn(input)).toEqual({ ok: true, value })
  })

  test.each([
    ['978-0-306-40615-8', 'isbn-checksum'],
    ['0-306-40615-3', 'isbn-checksum'],
    ['12345', 'isbn-form'],
    ['1234567890123', 'isbn-form'],
  ])('%s is refused for its %s', (input, reason) => {
    expect(checkIsbn(input)).toEqual({ ok: false, reason, input })
  })

  test('of ten digits and the same of thirteen are one', () => {
    fc.assert(
      fc.property(digits(9), (first) => {
        const ten = checkCharacters.map((last) => checkIsbn(first + last)).filter((isbn) => isbn.ok)
        expect(ten).toHaveLength(1)
        expect(checkIsbn(ten[0]?.ok ? ten[0].value : '')).toEqual(ten[0])
      }),
    )
  })
})

describe('an ORCID', () => {
  // 0000-0002-1825-0097 and 0000-0002-1694-233X are the examples of ORCID's own documentation.
  test.each([
    ['0000-0002-1825-0097', '0000-0002-1825-0097'],
    ['https://orcid.org/0000-0002-1694-233x', '0000-0002-1694-233X'],
    ['http://orcid.org/0000-0002-1825-0097/', '0000-0002-1825-0097'],
    ['0000000218250097', '0000-0002-1825-0097'],
  ])('%s is written %s', (input, value) => {
    expect(checkOrcid(input)).toEqual({ ok: true, value })
  })

  test.each([
    ['0000-0002-1825-0098', 'orcid-checksum'],
    ['0000-0002-1825', 'orcid-form'],
    ['', 'orcid-form'],
  ])('%s is refused for its %s', (input, reason) => {
    expect(checkOrcid(input)).toEqual({ ok: false, reason, input })
  })

  test('with one digit changed is always refused', () => {
    fc.assert(
      fc.property(digits(15), fc.nat(14), fc.integer({ min: 1, max: 9 }), (first, place, shift) => {
        const changed = String((Number(first[place]) + shift) % 10)
        const wrong = first.slice(0, place) + changed + first.slice(place + 1)
        expect(checkOrcid(wrong + orcidCheckCharacter(first)).ok).toBe(false)
      }),
    )
  })
})
