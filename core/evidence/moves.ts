import type { Action } from '../access/rights.ts'
import type { StageDecision } from '../contract/regulation/approval.ts'
import type { EvidenceState } from '../contract/resources/evidence.ts'

export type Move = 'submit' | 'return' | 'approve' | 'reject' | 'reopen'
export type Step = 'edit' | 'judge' | Move

interface StepRule {
  /** What access is asked about. */
  action: Action
  from: readonly EvidenceState[]
  /** It is a decision about the entry: nobody takes it about what they take part in. */
  decides: boolean
}
interface MoveRule extends StepRule {
  to: EvidenceState
  reason: 'demanded' | 'allowed'
  /** Nothing may be missing in the entry. */
  whole: boolean
}

const draft = ['draft', 'returned'] as const
const decided = ['approved', 'rejected'] as const
const decision = { from: ['submitted'], decides: true } as const

/** The states of evidence and the ways between them. */
export const moves: Readonly<Record<Move, MoveRule>> = {
  submit: {
    action: 'evidence.submit',
    from: draft,
    to: 'submitted',
    decides: false,
    reason: 'allowed',
    whole: true,
  },
  return: { action: 'evidence.return', ...decision, to: 'returned', reason: 'demanded', whole: false },
  approve: { action: 'evidence.approve', ...decision, to: 'approved', reason: 'allowed', whole: true },
  reject: { action: 'evidence.reject', ...decision, to: 'rejected', reason: 'demanded', whole: false },
  reopen: {
    action: 'evidence.reopen',
    from: decided,
    to: 'draft',
    decides: true,
    reason: 'demanded',
    whole: false,
  },
}

/** What a move means to the stage an entry is in; null: it is no decision about something submitted. */
export function decisionOf(step: Step): StageDecision | null {
  if (step === 'approve') return 'pass'
  return step === 'return' || step === 'reject' ? step : null
}

/** The moves, the step that changes what is entered (data, participants, files), and the one that gives points to it. */
export const steps: Readonly<Record<Step, StepRule>> = {
  edit: { action: 'evidence.write', from: draft, decides: false },
  judge: { action: 'evidence.judge', from: ['submitted', 'approved'], decides: true },
  ...moves,
}
export const stepNames = Object.keys(steps) as Step[]

/** The steps that lead on from a state, of those that are allowed. */
export function stepsFrom(state: EvidenceState, allowed: ReadonlySet<Step>): Step[] {
  return stepNames.filter((step) => allowed.has(step) && steps[step].from.includes(state))
}

/** A move as it is asked for. */
export interface MoveRequest {
  action: Move
  /** null: none was given. */
  reason: string | null
  /** The revision that was read. */
  revision: number
}
