import type { LocalizedText, RouteInput } from '@ustaz/core/contract'
import type { changeConsultation, ConsultationDetail } from '../contract.ts'

/** How times are typed and shown (`useText`). */
export interface Clock {
  toField(moment: string): string
  fromField(text: string): string | null
}

/** A consultation as its form holds it: times as typed, by the clock of the university. */
export interface Plan {
  title: LocalizedText
  opensAt: string
  closesAt: string
  experts: { id: number; name: string; fixed: boolean }[]
}
type Planned = Omit<RouteInput<typeof changeConsultation>['body'], 'revision'>

const fortnightMilliseconds = 14 * 24 * 60 * 60 * 1000

/** Opens now, and for two weeks. */
export function newPlan(now: Date, { toField }: Clock): Plan {
  return {
    title: { kk: '', ru: '', en: '' },
    opensAt: toField(now.toISOString()),
    closesAt: toField(new Date(now.getTime() + fortnightMilliseconds).toISOString()),
    experts: [],
  }
}

export function planOf({ title, opensAt, closesAt, experts }: ConsultationDetail, { toField }: Clock): Plan {
  return {
    title: { ...title },
    opensAt: toField(opensAt),
    closesAt: toField(closesAt),
    experts: experts.map(({ accountId, name, savedAt }) => ({
      id: accountId,
      name,
      fixed: savedAt !== null,
    })),
  }
}

/** What is sent; null: something is missing. `before`: moments that were not touched stay exact to the second. */
export function planned(
  plan: Plan,
  { toField, fromField }: Clock,
  before?: Pick<ConsultationDetail, 'opensAt' | 'closesAt'>,
): Planned | null {
  const exact = (typed: string, known?: string) =>
    known !== undefined && typed === toField(known) ? known : fromField(typed)
  const opensAt = exact(plan.opensAt, before?.opensAt)
  const closesAt = exact(plan.closesAt, before?.closesAt)
  const title = { kk: plan.title.kk.trim(), ru: plan.title.ru.trim(), en: plan.title.en.trim() }
  const isNamed = title.kk !== '' && title.ru !== '' && title.en !== ''
  if (opensAt === null || closesAt === null || !isNamed || plan.experts.length === 0) return null
  return { title, opensAt, closesAt, experts: plan.experts.map(({ id }) => id) }
}
