import { suggestForAuthors } from '../authors/suggest-for-authors.ts'
import type { AskingForAuthors, AuthorContext } from '../authors/suggest-for-authors.ts'
import type { ProposedWork } from '../contract.ts'
import { textOf } from '../texts.ts'
import type { Work } from '../work.ts'
import type { Note } from './imported.ts'
import { note } from './imported.ts'
import { findKnownWorks } from './known-works.ts'

/** The day a work was published, and what is not known of it: a day is never made up. */
function dayOf({ date, year }: Work): { happenedOn: string | null; notes: Note[] } {
  const known = date ?? (year === null ? null : String(year))
  if (known === null) return { happenedOn: null, notes: [note('date-unknown')] }
  if (known.length === 10) return { happenedOn: known, notes: [] }
  return {
    happenedOn: null,
    notes: [note(known.length === 7 ? 'day-unknown' : 'month-unknown', { date: known })],
  }
}

/** Works with all that a person needs to decide about them: what is there already, and who the authors may be. */
export async function proposeWorks(
  read: readonly { work: Work; notes: readonly Note[] }[],
  context: AuthorContext,
  asking: AskingForAuthors,
): Promise<ProposedWork[]> {
  const works = read.map(({ work }) => work)
  const known = await findKnownWorks(works, context.evidence)
  const authors = await suggestForAuthors(works, context, asking)
  return read.map(({ work, notes }, i) => {
    const day = dayOf(work)
    return {
      work,
      happenedOn: day.happenedOn,
      notes: [...notes, ...day.notes].map((one) => textOf(asking.language, 'notes', one)),
      known: known[i] ?? null,
      authors: authors[i] ?? [],
    }
  })
}
