import { fromLocalTime, toLocalTime } from '@ustaz/core/contract'
import type { LocalizedText } from '@ustaz/core/contract'
import { useI18n } from 'vue-i18n'
import {
  formatBytes,
  formatCount,
  formatDay,
  formatDecimal,
  formatMoment,
  formatMonthDay,
  formatPeriod,
} from '../logic/format.ts'
import { useSession } from '../stores/session.ts'

/** Texts, numbers and dates in the reader's language; all of them follow a change of the language. */
export function useText() {
  const { t, te } = useI18n({ useScope: 'global' })
  const session = useSession()
  return {
    t,
    te,
    pick: (text: LocalizedText) => text[session.language],
    decimal: (text: string, options?: { digits?: number; sign?: boolean }) =>
      formatDecimal(text, session.language, options),
    count: (count: number) => formatCount(count, session.language),
    day: (day: string) => formatDay(day, session.language),
    monthDay: (monthAndDay: string) => formatMonthDay(monthAndDay, session.language),
    moment: (moment: string) => formatMoment(moment, session.language, session.timeZone),
    /** HH:MM. */
    time: (moment: string) => toLocalTime(new Date(moment), session.timeZone).slice(11),
    /** A moment as a field of the type datetime-local shows it. */
    toField: (moment: string) => toLocalTime(new Date(moment), session.timeZone),
    /** What such a field holds as a moment; null: nothing, or no time. */
    fromField: (text: string) => fromLocalTime(text, session.timeZone)?.toISOString() ?? null,
    /** By the clock of the university, like every time that is shown or typed. */
    today: () => toLocalTime(new Date(), session.timeZone).slice(0, 10),
    period: (span: { periodFrom: string; periodTo: string }) =>
      formatPeriod(span.periodFrom, span.periodTo, session.language),
    bytes: (bytes: number) => formatBytes(bytes, session.language),
  }
}
