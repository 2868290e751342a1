import { isDeepStrictEqual } from 'node:util'
import { regulationDocumentSchema } from '../../../contract/regulation/document.ts'
import type { RegulationDocument } from '../../../contract/regulation/document.ts'
import type { ClauseChange } from '../../../contract/resources/run-comparison.ts'
import { localizedTextSchema } from '../../../contract/text.ts'

type Section = Record<string, unknown>

/** Of a clause: what it says to people. */
const words = ['title', 'demands', 'unit', 'source']
/** Of the document: what names the version, explains and proves it, and decides no point. */
const silent = [
  ...['code', 'version', 'title', 'description', 'source', 'periodStart', 'validFrom', 'appeals', 'examples'],
]

/**
 * The clauses in which two documents differ, in the later one's order, removed ones after the others of their section. A
 * section that is no list of clauses and differs is named as a whole.
 */
export function clauseChanges(earlier: RegulationDocument, later: RegulationDocument): ClauseChange[] {
  // Read anew, so that what an older document leaves out has the value that holds for it.
  const before: Section = regulationDocumentSchema.parse(earlier)
  const after: Section = regulationDocumentSchema.parse(later)
  const parts = Object.keys(after).filter((part) => !silent.includes(part))
  return parts.flatMap((part) => partChanges(part, before[part], after[part]))
}

function partChanges(part: string, before: unknown, after: unknown): ClauseChange[] {
  if (isList(before) && isList(after)) return listChanges(part, before, after)
  return isSame(before, after) ? [] : [{ part, id: null, title: null, change: 'changed' }]
}

function listChanges(part: string, before: readonly Section[], after: readonly Section[]): ClauseChange[] {
  const then = new Map(before.map((clause) => [clause['id'], clause]))
  const now = new Set(after.map(({ id }) => id))
  const kept = after.flatMap((clause): ClauseChange[] => {
    const old = then.get(clause['id'])
    if (!old) return [changeOf(part, clause, 'added')]
    return isSame(old, clause) ? [] : [changeOf(part, clause, 'changed')]
  })
  const gone = before.filter(({ id }) => !now.has(id)).map((clause) => changeOf(part, clause, 'removed'))
  return [...kept, ...gone]
}

function changeOf(part: string, clause: Section, change: ClauseChange['change']): ClauseChange {
  const title = localizedTextSchema.safeParse(clause['title'])
  return { part, id: String(clause['id']), title: title.success ? title.data : null, change }
}

const isList = (section: unknown): section is readonly Section[] => Array.isArray(section)

/** Whether two clauses decide alike: their words for people do not count. */
function isSame(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(withoutWords(a), withoutWords(b))
}

function withoutWords(clause: unknown): unknown {
  if (typeof clause !== 'object' || clause === null || Array.isArray(clause)) return clause
  return Object.fromEntries(Object.entries(clause).filter(([name]) => !words.includes(name)))
}
