/** Why an identifier was refused: its form is wrong, its check digit is wrong, or it is an obvious filler such as 0000-0000. */
export type IdentifierReason =
  | 'doi-form'
  | 'issn-form'
  | 'issn-checksum'
  | 'issn-filler'
  | 'isbn-form'
  | 'isbn-checksum'
  | 'orcid-form'
  | 'orcid-checksum'

export type Checked = { ok: true; value: string } | { ok: false; reason: IdentifierReason; input: string }

const accept = (value: string): Checked => ({ ok: true, value })
const refuse = (reason: IdentifierReason, input: string): Checked => ({ ok: false, reason, input })

/** Removes what copying from PDF and web pages leaves behind: zero-width characters, soft hyphens, odd hyphens. */
function tidy(input: string): string {
  return input
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[\u2010\u2011]/g, '-')
    .trim()
}

/** `doi:` in its spellings, and the addresses of doi.org and of publishers' own resolvers (doi.acm.org, dx.doi.org). */
const doiPrefix = /^(?:(?:https?:)?\/\/(?:[\w-]+\.)*doi\.[\w.-]+\/|(?:info:|urn:)?doi[:\s]*)+/i
const doiForm = /^10\.\d{4,9}(?:\.\d+)*\/\S+$/
const closers: Record<string, string> = { ')': '(', ']': '[', '}': '{', '>': '<' }

/** A closing bracket at the end belongs to the DOI only if it was opened within it (as in 10.1016/s0140(05)67). */
function dropTrailingPunctuation(doi: string): string {
  const last = doi.at(-1) ?? ''
  const opener = closers[last]
  const strayBracket = opener !== undefined && doi.split(last).length > doi.split(opener).length
  return strayBracket || /[.,;:'"»”]/.test(last) ? dropTrailingPunctuation(doi.slice(0, -1)) : doi
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a lone % is part of the DOI, not an escape
  }
}

/**
 * A DOI in the one form it is compared in: without address or `doi:`, ASCII letters in lower case (DOI Handbook 2.4:
 * case of ASCII letters does not matter). Only the form is checked; whether it is registered is the look-up's business.
 */
export function checkDoi(input: string): Checked {
  const stripped = tidy(input).replace(doiPrefix, '')
  const isAddress = /^\s*(?:https?:)?\/\//i.test(input)
  const doi = dropTrailingPunctuation(isAddress ? percentDecoded(stripped) : stripped)
  if (!doiForm.test(doi)) return refuse('doi-form', input)
  return accept(doi.replace(/[A-Z]/g, (letter) => letter.toLowerCase()))
}

/** Sum of digit x weight, weights running down from the first to 1 at the last; X counts 10. */
function descendingSum(digits: string): number {
  return [...digits].reduce(
    (sum, digit, i) => sum + (digit === 'X' ? 10 : Number(digit)) * (digits.length - i),
    0,
  )
}

/** An ISSN as NNNN-NNNC; the check digit is that of ISO 3297 (weights 8 to 2, modulo 11, 10 written X). Takes "2325-9671 (electronic)". */
export function checkIssn(input: string): Checked {
  const found = /^(?:e-?|p-?)?(?:issn)?[:\s]*(\d{4})[-\s–—]?(\d{3}[\dX])(?:\s*\(.*\))?$/i.exec(tidy(input))
  if (!found) return refuse('issn-form', input)
  const digits = `${found[1]}${found[2]}`.toUpperCase()
  if (/^(\d)\1{7}$/.test(digits)) return refuse('issn-filler', input)
  if (descendingSum(digits) % 11 !== 0) return refuse('issn-checksum', input)
  return accept(`${digits.slice(0, 4)}-${digits.slice(4)}`)
}

function isbn13CheckDigit(first12: string): string {
  const sum = [...first12].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0)
  return String((10 - (sum % 10)) % 10)
}

/** An ISBN as 13 digits; a ten-digit one is checked modulo 11 and then written with the prefix 978 (ISO 2108). */
export function checkIsbn(input: string): Checked {
  const digits = tidy(input)
    .replace(/^(?:e-?)?isbn(?:[-\s]?1[03])?[:\s]*/i, '')
    .replace(/\s*\(.*\)$/, '')
    .replace(/[-\s–—]/g, '')
    .toUpperCase()
  if (/^\d{9}[\dX]$/.test(digits)) {
    if (descendingSum(digits) % 11 !== 0) return refuse('isbn-checksum', input)
    const first12 = `978${digits.slice(0, 9)}`
    return accept(first12 + isbn13CheckDigit(first12))
  }
  if (!/^97[89]\d{10}$/.test(digits)) return refuse('isbn-form', input)
  if (isbn13CheckDigit(digits.slice(0, 12)) !== digits[12]) return refuse('isbn-checksum', input)
  return accept(digits)
}

/** The check character of an ORCID's first 15 digits: ISO 7064 MOD 11-2. */
export function orcidCheckCharacter(first15: string): string {
  const total = [...first15].reduce((sum, digit) => (sum + Number(digit)) * 2, 0)
  const result = (12 - (total % 11)) % 11
  return result === 10 ? 'X' : String(result)
}

/** An ORCID iD as NNNN-NNNN-NNNN-NNNC, from the bare number or its address. */
export function checkOrcid(input: string): Checked {
  const bare = tidy(input)
    .replace(/^(?:https?:\/\/)?(?:www\.)?(?:sandbox\.)?orcid\.org\//i, '')
    .replace(/^orcid[:\s]*/i, '')
    .replace(/\/$/, '')
  const digits = bare.replace(/[-\s–]/g, '').toUpperCase()
  if (!/^\d{15}[\dX]$/.test(digits)) return refuse('orcid-form', input)
  if (orcidCheckCharacter(digits.slice(0, 15)) !== digits[15]) return refuse('orcid-checksum', input)
  return accept(digits.replace(/(.{4})(?=.)/g, '$1-'))
}
