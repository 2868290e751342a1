import type { PointsFunction } from '../../plugin/points-function.ts'
import type { Weighting } from '../../plugin/weighting.ts'

export type JsonSchema = Record<string, unknown>

/** An indicator as far as a regulation may name parts of it. */
export interface SuppliedIndicator {
  /** JSON Schema of the attributes of its facts. */
  attributes: JsonSchema
  /** Roles a participant may have; empty: facts carry none. */
  roles: readonly string[]
  /** What one fact is counted in. */
  unit: string
  /** evidence: people enter it, one fact each; query: the plugin counts it. */
  source: 'evidence' | 'query'
  participants: 'one' | 'many'
  /** A state that lasts (a certificate, a membership) rather than a thing done: it can be entered every year. */
  lasting: boolean
}

/** What is there for a regulation to name: the installed plugins' catalogue and the university's positions. */
export interface Supply {
  /** null: no enabled plugin supplies it. */
  indicator(id: string): SuppliedIndicator | null
  weighting(id: string): Weighting | null
  pointsFunction(id: string): PointsFunction | null
  positions: ReadonlySet<string>
}
