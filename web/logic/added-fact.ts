import type { AddedFact, EvidenceKindInfo, RegulationDocument } from '@ustaz/core/contract'
import { initialData } from './form-fields.ts'
import { formFaults } from './faults.ts'
import type { FormFaults } from './faults.ts'
import { asObject } from './json-schema.ts'
import type { JsonSchema } from './json-schema.ts'

/** Kinds of facts that the criteria of a regulation count, in their order; whether one of them leaves the points to judgement. */
export function countedKinds({ criteria }: RegulationDocument): { indicator: string; isJudged: boolean }[] {
  const kinds = [...new Set(criteria.map(({ indicator }) => indicator))]
  const judged = criteria.filter(({ points }) => points.kind === 'expert').map(({ indicator }) => indicator)
  return kinds.map((indicator) => ({ indicator, isJudged: judged.includes(indicator) }))
}

/** The form of a fact's attributes: what people enter of the kind, and what the plugin looks up for entries (a journal's quartile). */
export function attributesForm(kind: EvidenceKindInfo | null, attributes: JsonSchema): JsonSchema {
  if (!kind) return attributes
  const properties = { ...asObject(attributes['properties']), ...asObject(kind.schema['properties']) }
  return { ...kind.schema, properties }
}

/** A fact of a kind about which nothing is said yet: one thing by one person of the university. */
export function blankFact(indicator: string, form: JsonSchema): AddedFact {
  const unsaid = Object.keys(asObject(form['properties'])).map((name) => [name, null])
  return {
    indicator,
    happenedOn: '',
    quantity: '1',
    role: null,
    participants: 1,
    share: null,
    attributes: { ...Object.fromEntries(unsaid), ...initialData(form) },
    ordinal: null,
    affiliated: 1,
    expertPoints: null,
  }
}

/** Faults of an answer by the field of the fact that it puts in. */
export function factFaults(issues: readonly { path: string; message: string }[]): FormFaults {
  const ofForm = (path: string) =>
    path.replace(/^\/corrections\/0\/fact/, '').replace(/^\/attributes/, '/data')
  return formFaults(issues.map(({ path, message }) => ({ path: ofForm(path), message })))
}
