import { isDeepStrictEqual } from 'node:util'
import { regulationDocumentSchema } from '../../../contract/regulation/document.ts'
import type { RegulationDocument } from '../../../contract/regulation/document.ts'
import type { ClauseChange } from '../../../contract/resources/run-comparison.ts'
import type { LocalizedText } from '../../../contract/text.ts'

type Part = ClauseChange['part']
interface Clause {
  id: string
  title?: LocalizedText
}

/** Sections that are lists of clauses with an id. */
const lists = ['areas', 'criteria', 'norms', 'eligibility', 'leagues', 'bands'] as const
/** Of a clause: what it says to people. */
const words = ['title', 'demands', 'unit']
/** Of the document: what names the version and explains it, and decides no point. */
const silent = ['code', 'version', 'title', 'description', 'source', 'periodStart', 'validFrom']

/**
 * The clauses in which two documents differ, in the later one's order, removed ones after the others of their section. A
 * section that is no list of clauses and differs is named as a whole.
 */
export function clauseChanges(earlier: RegulationDocument, later: RegulationDocument): ClauseChange[] {
  // Read anew, so that what an older document leaves out has the value that holds for it.
  const before = regulationDocumentSchema.parse(earlier)
  const after = regulationDocumentSchema.parse(later)
  return [
    ...lists.flatMap((part) => listChanges(part, before[part], after[part])),
    ...otherChanges(before, after),
  ]
}

function listChanges(part: Part, before: readonly Clause[], after: readonly Clause[]): ClauseChange[] {
  const then = new Map(before.map((clause) => [clause.id, clause]))
  const now = new Set(after.map(({ id }) => id))
  const kept = after.flatMap((clause): ClauseChange[] => {
    const old = then.get(clause.id)
    if (!old) return [changeOf(part, clause, 'added')]
    return isSame(old, clause) ? [] : [changeOf(part, clause, 'changed')]
  })
  const gone = before.filter(({ id }) => !now.has(id)).map((clause) => changeOf(part, clause, 'removed'))
  return [...kept, ...gone]
}

function otherChanges(before: RegulationDocument, after: RegulationDocument): ClauseChange[] {
  const left = (document: RegulationDocument): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(document).filter(
        ([name]) => !silent.includes(name) && !(lists as readonly string[]).includes(name),
      ),
    )
  const [old, fresh] = [left(before), left(after)]
  const names = [...new Set([...Object.keys(fresh), ...Object.keys(old)])]
  return names
    .filter((name) => !isSame(old[name], fresh[name]))
    .map((name) =>
      name === 'weighting'
        ? { part: 'weighting', id: after.weighting.id, title: null, change: 'changed' }
        : { part: 'other', id: name, title: null, change: 'changed' },
    )
}

function changeOf(part: Part, { id, title }: Clause, change: ClauseChange['change']): ClauseChange {
  return { part, id, title: title ?? null, change }
}

/** Whether two clauses decide alike: their words for people do not count. */
function isSame(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(withoutWords(a), withoutWords(b))
}

function withoutWords(clause: unknown): unknown {
  if (typeof clause !== 'object' || clause === null || Array.isArray(clause)) return clause
  return Object.fromEntries(Object.entries(clause).filter(([name]) => !words.includes(name)))
}
