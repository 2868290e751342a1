import type { RegulationDocument } from '@ustaz/core/contract'
import { fieldChanges, same } from './field-changes.ts'
import type { FieldChange } from './field-changes.ts'
import { asObject } from './json-schema.ts'
import { movedKeys } from './moved-keys.ts'
import { clauseWords, listSections, singleSections, singleWords } from './words/clause.ts'
import type { ListSection, SingleSection } from './words/clause.ts'
import type { Phrase, Vocabulary } from './words/vocabulary.ts'

type Document = RegulationDocument
type Fields = Record<string, unknown>

/** What became of one clause, or of a part that is one thing. */
export interface ClauseChange {
  section: ListSection | SingleSection | 'texts'
  /** null: a part that is one thing. */
  id: string | null
  change: 'added' | 'removed' | 'changed' | 'moved'
  before: Fields | null
  after: Fields | null
  /** Sentences that held before and do not now, that hold now and did not, and of added and removed clauses all of them. */
  gone: readonly Phrase[]
  come: readonly Phrase[]
  fields: readonly FieldChange[]
}

/** What differs between two versions of a regulation, clause by clause, in the order in which they are read. Pure. */
export function diffRegulations(before: Document, after: Document, words: Vocabulary): ClauseChange[] {
  return [
    ...diffTexts(before, after),
    ...singleSections.flatMap((section) => diffSingle(section, before, after, words)),
    ...listSections.flatMap((section) => diffList(section, before, after, words)),
  ]
}

const texts = ['code', 'version', 'title', 'description', 'source'] as const

function diffTexts(before: Document, after: Document): ClauseChange[] {
  const fields = texts.flatMap((name) => fieldChanges(before[name], after[name], [name]))
  if (fields.length === 0) return []
  return [{ ...changeOf('texts', null, before, after), gone: [], come: [], fields }]
}

function changeOf(
  section: ClauseChange['section'],
  id: string | null,
  before: unknown,
  after: unknown,
): Pick<ClauseChange, 'section' | 'id' | 'change' | 'before' | 'after'> {
  const change = before === null ? 'added' : after === null ? 'removed' : 'changed'
  const fields = (value: unknown) => (value === null ? null : asObject(value))
  return { section, id, change, before: fields(before), after: fields(after) }
}

function diffSingle(
  section: SingleSection,
  before: Document,
  after: Document,
  words: Vocabulary,
): ClauseChange[] {
  const say = (value: unknown) => singleWords(section, value as never, words)
  return diffClause({ section, id: null, before: before[section], after: after[section], say })
}

/** Clauses are the same by their ids; of those with the same id by their order. */
function diffList(
  section: ListSection,
  before: Document,
  after: Document,
  words: Vocabulary,
): ClauseChange[] {
  const [old, now] = [keyed(before[section]), keyed(after[section])]
  const sayOf = (document: Document) => (clause: unknown) =>
    clauseWords(section, clause as never, words, document)
  const moved = movedKeys([...old.keys()], [...now.keys()])
  const there = [...now].flatMap(([key, clause]): ClauseChange[] => {
    const clauseBefore = old.get(key) ?? null
    const id = idOf(clause)
    const changes = diffClause({
      ...{ section, id, before: clauseBefore, after: clause },
      say: (value) => sayOf(value === clauseBefore ? before : after)(value),
    })
    if (changes.length > 0 || !moved.has(key)) return changes
    return [
      { ...changeOf(section, id, clauseBefore, clause), change: 'moved', gone: [], come: [], fields: [] },
    ]
  })
  const removed = [...old].flatMap(([key, clause]): ClauseChange[] =>
    now.has(key)
      ? []
      : diffClause({ section, id: idOf(clause), before: clause, after: null, say: sayOf(before) }),
  )
  return [...there, ...removed]
}

const idOf = (clause: unknown) => String(asObject(clause)['id'] ?? asObject(clause)['name'])

function keyed(clauses: readonly object[]): Map<string, object> {
  const seen = new Map<string, number>()
  return new Map(
    clauses.map((clause) => {
      const id = idOf(clause)
      const times = seen.get(id) ?? 0
      seen.set(id, times + 1)
      return [`${id} ${times}`, clause]
    }),
  )
}

interface Pair {
  section: ListSection | SingleSection
  id: string | null
  before: unknown
  after: unknown
  say(value: unknown): Phrase[]
}

function diffClause({ section, id, before, after, say }: Pair): ClauseChange[] {
  if (same(before, after)) return []
  const change = changeOf(section, id, before, after)
  if (before === null) return [{ ...change, gone: [], come: say(after), fields: [] }]
  if (after === null) return [{ ...change, gone: say(before), come: [], fields: [] }]
  const told = {
    gone: without(say(before), say(after)),
    come: without(say(after), say(before)),
    fields: unsaid({ before, after, say }),
  }
  // Sentences in another order say the same; what was moved is then told field by field.
  const isSilent = told.gone.length + told.come.length + told.fields.length === 0
  return [{ ...change, ...told, ...(isSilent ? { fields: fieldChanges(before, after, []) } : {}) }]
}

/** Phrases that the others do not have, one for one. */
function without(phrases: readonly Phrase[], others: readonly Phrase[]): Phrase[] {
  const rest = [...others]
  return phrases.filter((phrase) => {
    const place = rest.findIndex((other) => same(phrase, other))
    if (place >= 0) rest.splice(place, 1)
    return place < 0
  })
}

/** Fields that differ without any sentence saying so. */
function unsaid({ before, after, say }: Pick<Pair, 'before' | 'after' | 'say'>): FieldChange[] {
  if (typeof before !== 'object' || typeof after !== 'object') return []
  const [old, now] = [asObject(before), asObject(after)]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return names.flatMap((name) => {
    if (same(old[name], now[name])) return []
    const isSaid = !same(say(old), say({ ...old, [name]: now[name] }))
    return isSaid ? [] : fieldChanges(old[name], now[name], [name])
  })
}
