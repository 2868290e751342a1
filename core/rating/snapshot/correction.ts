/** A fact that is put in, as it would have been frozen: the columns of snapshot_fact in the contract's words. */
export interface AddedFact {
  indicator: string
  happenedOn: string
  /** Exact. */
  quantity: string
  role: string | null
  participants: number
  share: string | null
  attributes: Record<string, unknown>
  ordinal: number | null
  affiliated: number | null
  expertPoints: string | null
}

/** What is put right of one frozen teacher; several may concern the same. */
export type Correction = { teacherId: number } & (
  | /** The teacher's facts from it are frozen anew, as it is approved now. */
    { kind: 'evidence'; evidenceId: number }
  | { kind: 'remove'; factNo: number }
  | { kind: 'add'; fact: AddedFact }
  /** Post, degree, field, rate, leave: frozen anew. */
  | { kind: 'person' }
)
