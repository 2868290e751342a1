/**
 * A number of the form of an ORCID iD with a right check character (ISO 7064 MOD 11-2) that can be nobody's: the ranges kept for
 * ORCID begin with 0000-0001 to 0000-0003 and 0009-0000 to 0009-0010 (support.orcid.org, "Structure of the ORCID identifier").
 */
export function inventOrcid(number: number): string {
  const digits = `0099${String(number).padStart(11, '0')}`
  const total = [...digits].reduce((sum, digit) => (sum + Number(digit)) * 2, 0)
  const check = (12 - (total % 11)) % 11
  return (digits + (check === 10 ? 'X' : String(check))).replace(/(.{4})(?=.)/g, '$1-')
}
