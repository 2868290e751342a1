import type { Campaign } from '../contract.ts'
import { fromLocal, toLocal } from './moments.ts'

const fortnightMilliseconds = 14 * 24 * 3600 * 1000

/** What the form of a survey holds while somebody types: moments as its fields show them, null where nothing is chosen. */
export interface CampaignDraft {
  title: { kk: string; ru: string; en: string }
  versionId: number | null
  periodFrom: string
  periodTo: string
  opensAt: string
  closesAt: string
  threshold: number
  linked: Campaign['linked']
}

export function newDraft(now: Date): CampaignDraft {
  const year = now.getFullYear()
  return {
    title: { kk: '', ru: '', en: '' },
    versionId: null,
    periodFrom: `${year}-01-01`,
    periodTo: `${year}-12-31`,
    opensAt: toLocal(now),
    closesAt: toLocal(new Date(now.getTime() + fortnightMilliseconds)),
    threshold: 5,
    linked: null,
  }
}

export function draftOf({
  title,
  versionId,
  periodFrom,
  periodTo,
  opensAt,
  closesAt,
  threshold,
  linked,
}: Campaign): CampaignDraft {
  const times = { opensAt: toLocal(new Date(opensAt)), closesAt: toLocal(new Date(closesAt)) }
  return {
    title: { ...title },
    versionId,
    periodFrom,
    periodTo,
    threshold,
    linked: linked && { ground: { ...linked.ground } },
    ...times,
  }
}

/** As it is sent; null: something is missing. */
export function planOf({ versionId, opensAt, closesAt, ...rest }: CampaignDraft) {
  const times = { opensAt: fromLocal(opensAt), closesAt: fromLocal(closesAt) }
  if (versionId === null || times.opensAt === null || times.closesAt === null) return null
  return { ...rest, versionId, opensAt: times.opensAt, closesAt: times.closesAt }
}
export type CampaignPlan = NonNullable<ReturnType<typeof planOf>>
