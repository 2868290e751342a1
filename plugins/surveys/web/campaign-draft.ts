import type { Campaign } from '../contract.ts'

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

/** The clock of the university (useText): a moment (ISO 8601) as a field shows it, and back; null: no time. */
export interface Clock {
  toField(moment: string): string
  fromField(text: string): string | null
}

/** `rated`: the rated year that goes on; null: not known, the calendar's is proposed. */
export function newDraft(
  now: Date,
  { toField }: Pick<Clock, 'toField'>,
  rated: { from: string; to: string } | null,
): CampaignDraft {
  const opensAt = toField(now.toISOString())
  const year = opensAt.slice(0, 4)
  return {
    title: { kk: '', ru: '', en: '' },
    versionId: null,
    periodFrom: rated?.from ?? `${year}-01-01`,
    periodTo: rated?.to ?? `${year}-12-31`,
    opensAt,
    closesAt: toField(new Date(now.getTime() + fortnightMilliseconds).toISOString()),
    threshold: 5,
    linked: null,
  }
}

export function draftOf(campaign: Campaign, { toField }: Clock): CampaignDraft {
  const { title, versionId, periodFrom, periodTo, threshold, linked } = campaign
  return {
    title: { ...title },
    ...{ versionId, periodFrom, periodTo, threshold },
    opensAt: toField(campaign.opensAt),
    closesAt: toField(campaign.closesAt),
    linked: linked && { ground: { ...linked.ground } },
  }
}

/** As it is sent; null: something is missing. */
export function planOf({ versionId, opensAt, closesAt, ...rest }: CampaignDraft, { fromField }: Clock) {
  const times = { opensAt: fromField(opensAt), closesAt: fromField(closesAt) }
  if (versionId === null || times.opensAt === null || times.closesAt === null) return null
  return { ...rest, versionId, opensAt: times.opensAt, closesAt: times.closesAt }
}
export type CampaignPlan = NonNullable<ReturnType<typeof planOf>>
