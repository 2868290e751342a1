/**
 * A number of the form of an ISBN with a right check digit (ISO 2108) that is no book's: group 979-7 is not assigned
 * (International ISBN Agency, range message). `key`: its digits make the number, the last eight of them.
 */
export function inventIsbn(key: string): string {
  const digits = `9797${key.replace(/\D/g, '').padStart(8, '0').slice(-8)}`
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0)
  return digits + String((10 - (sum % 10)) % 10)
}
