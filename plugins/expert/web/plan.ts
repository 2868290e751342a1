import type { LocalizedText, RouteInput } from '@ustaz/core/contract'
import type { changeConsultation, ConsultationDetail } from '../contract.ts'
import { fromLocal, toLocal } from './moments.ts'

/** A consultation as its form holds it: times as typed, in the reader's time zone. */
export interface Plan {
  title: LocalizedText
  opensAt: string
  closesAt: string
  experts: { id: number; name: string; fixed: boolean }[]
}
type Planned = Omit<RouteInput<typeof changeConsultation>['body'], 'revision'>

const fortnightMilliseconds = 14 * 24 * 60 * 60 * 1000

/** Opens now, and for two weeks. */
export function newPlan(now: Date): Plan {
  return {
    title: { kk: '', ru: '', en: '' },
    opensAt: toLocal(now.toISOString()),
    closesAt: toLocal(new Date(now.getTime() + fortnightMilliseconds).toISOString()),
    experts: [],
  }
}

export function planOf({ title, opensAt, closesAt, experts }: ConsultationDetail): Plan {
  return {
    title: { ...title },
    opensAt: toLocal(opensAt),
    closesAt: toLocal(closesAt),
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
  before?: Pick<ConsultationDetail, 'opensAt' | 'closesAt'>,
): Planned | null {
  const exact = (typed: string, known?: string) =>
    known !== undefined && typed === toLocal(known) ? known : fromLocal(typed)
  const opensAt = exact(plan.opensAt, before?.opensAt)
  const closesAt = exact(plan.closesAt, before?.closesAt)
  const title = { kk: plan.title.kk.trim(), ru: plan.title.ru.trim(), en: plan.title.en.trim() }
  const isNamed = title.kk !== '' && title.ru !== '' && title.en !== ''
  if (opensAt === null || closesAt === null || !isNamed || plan.experts.length === 0) return null
  return { title, opensAt, closesAt, experts: plan.experts.map(({ id }) => id) }
}
