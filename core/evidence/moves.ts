import type { EvidenceState } from '../contract/resources/evidence.ts'

export type Move = 'submit' | 'return' | 'approve' | 'reject' | 'reopen'

/** What a step demands: `change`: one may write the entry; `judge`: one may decide about it; `reopen`: one may undo a decision. */
export type Demand = 'change' | 'judge' | 'reopen'

interface MoveRule {
  from: readonly EvidenceState[]
  to: EvidenceState
  demands: Demand
  reason: 'demanded' | 'allowed'
  /** Nothing may be missing in the entry. */
  whole: boolean
}

/** The states of evidence and the ways between them. */
export const moves = {
  submit: { from: ['draft', 'returned'], to: 'submitted', demands: 'change', reason: 'allowed', whole: true },
  return: { from: ['submitted'], to: 'returned', demands: 'judge', reason: 'demanded', whole: false },
  approve: { from: ['submitted'], to: 'approved', demands: 'judge', reason: 'allowed', whole: true },
  reject: { from: ['submitted'], to: 'rejected', demands: 'judge', reason: 'demanded', whole: false },
  reopen: {
    from: ['approved', 'rejected'],
    to: 'draft',
    demands: 'reopen',
    reason: 'demanded',
    whole: false,
  },
} as const satisfies Record<Move, MoveRule>

/** In these states what is entered may be changed: data, participants, files. */
export const changeableStates: readonly EvidenceState[] = ['draft', 'returned']

export type Step = 'edit' | Move

/** The steps that lead on from a state, for somebody who meets these demands. */
export function stepsFrom(state: EvidenceState, meets: Record<Demand, boolean>): Step[] {
  const edit: Step[] = changeableStates.includes(state) && meets.change ? ['edit'] : []
  const ways = Object.entries(moves) as [Move, MoveRule][]
  const open = ways.filter(([, { from, demands }]) => from.includes(state) && meets[demands])
  return [...edit, ...open.map(([move]) => move)]
}
