import { expect, test } from 'vitest'
import { base32, codeAt, createTotpSecret, matchingStep, stepAt, totpAddress } from './totp.ts'

/** Of the RFCs: 20 bytes of ASCII digits. */
const secret = Buffer.from('12345678901234567890')

test.each([
  [0, '755224'],
  [1, '287082'],
  [2, '359152'],
  [3, '969429'],
  [4, '338314'],
  [5, '254676'],
  [6, '287922'],
  [7, '162583'],
  [8, '399871'],
  [9, '520489'],
])('RFC 4226, appendix D: count %i gives %s', (count, code) => {
  expect(codeAt(secret, count)).toBe(code)
})

test.each([
  ['1970-01-01T00:00:59Z', '94287082'],
  ['2005-03-18T01:58:29Z', '07081804'],
  ['2005-03-18T01:58:31Z', '14050471'],
  ['2009-02-13T23:31:30Z', '89005924'],
  ['2033-05-18T03:33:20Z', '69279037'],
  ['2603-10-11T11:33:20Z', '65353130'],
])('RFC 6238, appendix B, SHA-1: %s gives %s', (time, code) => {
  expect(codeAt(secret, stepAt(new Date(time)), 8)).toBe(code)
})

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('RFC 4648, section 10, without padding: base32 of "%s" is %s', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded)
})

test('a code holds in its own period and the one before and after, no longer', () => {
  const now = new Date('2026-06-30T09:00:15Z')
  const step = stepAt(now)
  for (const near of [step - 1, step, step + 1])
    expect(matchingStep(secret, codeAt(secret, near), now)).toBe(near)
  for (const far of [step - 2, step + 2]) expect(matchingStep(secret, codeAt(secret, far), now)).toBeNull()
})

test.each(['', '12345', '1234567', '12 456', '٠١٢٣٤٥', 'abcdef'])('"%s" is no code', (text) => {
  expect(matchingStep(secret, text, new Date())).toBeNull()
})

test('secrets are 160 random bits, and the address names account, issuer and key', () => {
  const made = createTotpSecret()
  expect(made).toHaveLength(20)
  expect(createTotpSecret()).not.toEqual(made)
  expect(totpAddress(secret, 'aigul@university.kz')).toBe(
    'otpauth://totp/Ustaz%3Aaigul%40university.kz?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ustaz&algorithm=SHA1&digits=6&period=30',
  )
})
