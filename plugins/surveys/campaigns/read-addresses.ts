import { UstazError } from '@ustaz/core/contract'
import type { Language } from '@ustaz/core/contract'
import { textOf } from '../texts.ts'

const headings = {
  group: ['group', 'group code', 'топ', 'группа', 'шифр группы'],
  address: ['email', 'e-mail', 'address', 'адрес', 'почта', 'эл. почта', 'пошта', 'мекенжай'],
}
const addressForm = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/

/** Groups by address (in lower case), each once; and the lines that are no address of a known group. Throws `surveys.columns-missing`. */
export function readAddresses(
  rows: readonly (readonly string[])[],
  groups: ReadonlySet<string>,
  language: Language,
): { people: Map<string, string[]>; refused: { line: number; message: string }[] } {
  const header = (rows[0] ?? []).map((cell) => cell.trim().toLowerCase())
  const places = {
    group: header.findIndex((cell) => headings.group.includes(cell)),
    address: header.findIndex((cell) => headings.address.includes(cell)),
  }
  if (places.group < 0 || places.address < 0) throw new UstazError('surveys.columns-missing')
  const people = new Map<string, string[]>()
  const refused: { line: number; message: string }[] = []
  for (const [index, row] of rows.entries()) {
    const group = (row[places.group] ?? '').trim()
    const address = (row[places.address] ?? '').trim().toLowerCase()
    if (index === 0 || (group === '' && address === '')) continue
    const refuse = (key: string, value: string) =>
      refused.push({ line: index + 1, message: textOf(language, key, { value }) })
    if (!groups.has(group)) refuse('refusals.group', group)
    else if (!addressForm.test(address) || address.length > 254) refuse('refusals.address', address)
    else people.set(address, [...new Set([...(people.get(address) ?? []), group])])
  }
  return { people, refused }
}
