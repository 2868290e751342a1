/** draft: being prepared. over: nobody may answer any more, and nothing is worked out yet. closed: results are there. */
export const campaignStates = ['draft', 'planned', 'open', 'over', 'closed'] as const
export type CampaignState = (typeof campaignStates)[number]

export interface CampaignTimes {
  opensAt: Date
  closesAt: Date
  /** null: being prepared. */
  releasedAt: Date | null
  /** null: results are not worked out. */
  closedAt: Date | null
}

/** It opens at `opensAt` and is over from `closesAt` on. */
export function stateOf(
  { opensAt, closesAt, releasedAt, closedAt }: CampaignTimes,
  now: Date,
): CampaignState {
  if (closedAt) return 'closed'
  if (!releasedAt) return 'draft'
  if (now < opensAt) return 'planned'
  return now < closesAt ? 'open' : 'over'
}
