import type { Weighting } from '../../plugin/weighting.ts'

export type JsonSchema = Record<string, unknown>

/** An indicator as far as a regulation may name parts of it. */
export interface SuppliedIndicator {
  /** JSON Schema of the attributes of its facts. */
  attributes: JsonSchema
  /** Roles a participant may have; empty: facts carry none. */
  roles: readonly string[]
}

/** What is there for a regulation to name: the installed plugins' catalogue and the university's positions. */
export interface Supply {
  /** null: no enabled plugin supplies it. */
  indicator(id: string): SuppliedIndicator | null
  weighting(id: string): Weighting | null
  positions: ReadonlySet<string>
}
