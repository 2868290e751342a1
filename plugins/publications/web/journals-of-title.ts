import type { Journal } from '../contract.ts'

/** Journals with an ISSN that are called just so, apart from case and signs; several bear the same name: a person must say which. */
export function journalsOfTitle(journals: readonly Journal[], title: string): Journal[] {
  const wanted = lettersOf(title)
  return wanted === ''
    ? []
    : journals.filter((journal) => journal.issns.length > 0 && lettersOf(journal.title) === wanted)
}

const lettersOf = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^the\s/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
