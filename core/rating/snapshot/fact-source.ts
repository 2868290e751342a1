import type { RawBuilder } from 'kysely'

/** One indicator as the snapshot reads it; the plugin host makes these from the enabled plugins. */
export type FactSource =
  | {
      source: 'evidence'
      /** plugin.kind */
      indicator: string
      /** Query with columns evidence_id, attributes over a subquery of evidence; null: the data are the attributes. */
      enrich: ((evidence: RawBuilder<unknown>) => RawBuilder<unknown>) | null
    }
  | {
      source: 'query'
      indicator: string
      /** Query with columns teacher_id, happened_on, quantity, attributes for the period. */
      facts: (period: { from: string; to: string }) => RawBuilder<unknown>
    }
