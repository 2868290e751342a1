import { z } from 'zod'

/** ISBN-13 as 13 digits; spaces and hyphens are taken out, the check digit must fit (ISO 2108). */
export const isbn = z
  .string()
  .overwrite((text) => text.replace(/[\s-]/g, ''))
  .regex(/^97[89]\d{10}$/)
  .refine(hasCheckDigit, { params: { code: 'methodical.isbn-check-digit' } })
  .describe('13 digits')

function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  )
  return sum % 10 === 0
}
