import type { CampaignState } from '../contract.ts'

const tones = {
  draft: 'neutral',
  planned: 'warning',
  open: 'active',
  over: 'warning',
  closed: 'good',
} as const satisfies Record<CampaignState, string>

/** The colour that a state is shown in; the words carry the meaning. */
export const toneOf = (state: CampaignState) => tones[state]
