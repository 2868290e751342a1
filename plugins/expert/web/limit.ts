/** A consistency ratio as typed ("0,10"), 0 to 1; null: it is none. */
export function limitOf(typed: string): number | null {
  const text = typed.trim().replace(',', '.')
  return /^(0(\.\d{1,3})?|1(\.0{1,3})?)$/.test(text) ? Number(text) : null
}
