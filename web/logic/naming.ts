import { numbersOfFacts, textsOfFacts, valuesOfTeacher } from '@ustaz/core/contract'
import { clauseIds } from './clause-ids.ts'
import { valueAt } from './document-path.ts'
import type { Path } from './document-path.ts'
import { asObject, unwrap } from './json-schema.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Catalogue } from './plugin-text.ts'
import type { Naming } from './schema-node.ts'

/** Something that may be named. */
export interface Offer {
  value: string
  /** What it is called is found by this: a clause, a kind of fact, a value of facts of an indicator, ... */
  as:
    | 'clause'
    | 'indicator'
    | 'value'
    | 'choice'
    | 'role'
    | 'unit'
    | 'weighting'
    | 'function'
    | 'position'
    | 'degree'
  /** Of a value, choice or role: the indicator it belongs to; null: it belongs to the teacher, or to several. */
  indicator: string | null
  /** Of a choice: the value it is one of. */
  field: string | null
}

export interface NamingContext {
  document: unknown
  catalogue: Catalogue | undefined
  positions: readonly string[]
  degrees: readonly string[]
}

/** What may stand at a place of the document; empty: anything, as people write it. `path` leads to the text or to the row. */
export function offersAt(naming: Naming, path: Path, context: NamingContext): Offer[] {
  const { document, catalogue, positions, degrees } = context
  const clauses = (...sections: string[]) => clauseIds(document, sections).map((id) => offer(id, 'clause'))
  switch (naming.names) {
    case 'area':
      return clauses('areas')
    case 'criterion':
      return clauses('criteria')
    case 'coefficient':
      return clauses('coefficients')
    case 'band':
      return clauses('bands')
    case 'league':
      return clauses('leagues')
    case 'counted':
      return clauses('areas', 'groups', 'criteria')
    case 'clause':
      return clauseIds(document).map((id) => offer(id, 'clause'))
    case 'indicator':
      return (catalogue?.indicators ?? []).map(({ id }) => offer(id, 'indicator'))
    case 'unit':
      return [...new Set(catalogue?.indicators.map(({ unit }) => unit))].map((unit) => offer(unit, 'unit'))
    case 'weighting':
      return (catalogue?.weightings ?? []).map(({ id }) => offer(id, 'weighting'))
    case 'position':
      return positions.map((code) => offer(code, 'position'))
    case 'degree':
      return degrees.map((code) => offer(code, 'degree'))
    case 'value':
      return valueOffers(path, context)
    case 'role':
      return roleOffers(indicatorsAt(document, path), context)
    case 'choice':
      return choiceOffers(choiceField(naming, path, document), path, context)
    default:
      return []
  }
}

const offer = (value: string, as: Offer['as'], more: Partial<Offer> = {}): Offer => ({
  value,
  as,
  indicator: null,
  field: null,
  ...more,
})

/**
 * The indicators whose facts a place of the document is about: the one that is named around it; of a coefficient those of the
 * criteria that use it; of new points in an amendment that of the criterion. Empty: it is about teachers.
 */
export function indicatorsAt(document: unknown, path: Path): string[] {
  for (let length = path.length; length > 0; length--) {
    const { indicator } = asObject(valueAt(document, path.slice(0, length)))
    if (typeof indicator === 'string' && indicator !== '') return [indicator]
  }
  const criteria = listAt(document, 'criteria')
  const [section, place, , key] = path
  const { id } = asObject(valueAt(document, path.slice(0, 2)))
  const users = criteria.filter((criterion) => {
    if (section === 'coefficients') return asArray(criterion['factors']).includes(id)
    return section === 'amendments' && place !== undefined && criterion['id'] === key
  })
  return [...new Set(users.map(({ indicator }) => indicator).filter(isText))]
}

function valueOffers(path: Path, context: NamingContext): Offer[] {
  const indicators = indicatorsAt(context.document, path)
  const ofTeacher = Object.keys(valuesOfTeacher).map((name) => offer(name, 'value'))
  if (indicators.length === 0) return ofTeacher
  const ofFacts = indicators.flatMap((indicator) =>
    Object.keys(attributesOf(indicator, context)).map((name) => offer(name, 'value', { indicator })),
  )
  const role = roleOffers(indicators, context).length > 0 ? ['role'] : []
  const own = [...numbersOfFacts, ...textsOfFacts, ...role].map((name) =>
    offer(name, 'value', { indicator: indicators[0] ?? null }),
  )
  const seen = new Set<string>()
  return [...ofFacts, ...own, ...ofTeacher].filter(({ value }) => !seen.has(value) && seen.add(value))
}

function roleOffers(indicators: readonly string[], { catalogue }: NamingContext): Offer[] {
  return indicators.flatMap((indicator) => {
    const kind = catalogue?.evidenceKinds.find((one) => one.indicator === indicator)
    return (kind?.roles ?? []).map((role) => offer(role, 'role', { indicator }))
  })
}

/** The value that a choice is one of: what the neighbouring field says, seen from the text, the row or the column. */
function choiceField({ of }: Naming, path: Path, document: unknown): string | null {
  if (of === null) return null
  for (let length = path.length - 1; length > 0; length--) {
    const around = asObject(valueAt(document, path.slice(0, length)))
    const value = around[of]
    if (of in around && isText(value)) return value
  }
  return null
}

function choiceOffers(field: string | null, path: Path, context: NamingContext): Offer[] {
  if (field === null) return []
  if (field === 'teacher.position') return context.positions.map((code) => offer(code, 'position'))
  if (field === 'teacher.degree') return context.degrees.map((code) => offer(code, 'degree'))
  const indicators = indicatorsAt(context.document, path)
  if (field === 'role') return roleOffers(indicators, context)
  return indicators.flatMap((indicator) => {
    const schema = asObject(attributesOf(indicator, context)[field])
    return choicesOf(schema).map((value) => offer(value, 'choice', { indicator, field }))
  })
}

/** Whether a value is a yes or no, so that a choice of it is kept as one. */
export function isFlagAt(naming: Naming, path: Path, context: NamingContext): boolean {
  const field = choiceField(naming, path, context.document)
  if (field === null) return false
  return indicatorsAt(context.document, path).some((indicator) => {
    return unwrap(asObject(attributesOf(indicator, context)[field])).inner['type'] === 'boolean'
  })
}

function choicesOf(schema: JsonSchema): string[] {
  const { inner } = unwrap(schema)
  if (inner['type'] === 'boolean') return ['true', 'false']
  return asArray(inner['enum'])
    .filter((choice) => choice !== null)
    .map(String)
}

function attributesOf(indicator: string, { catalogue }: NamingContext): JsonSchema {
  const found = catalogue?.indicators.find(({ id }) => id === indicator)
  return asObject(found?.attributes['properties'])
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const listAt = (document: unknown, section: string) => asArray(asObject(document)[section]).map(asObject)
