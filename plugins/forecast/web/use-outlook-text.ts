import { usePanelText } from '@ustaz/web/panel'
import type { Outlook, Subject } from '../contract.ts'

/** Texts of the outlook, and how its numbers, periods and subjects are written. */
export function useOutlookText(panel: 'outlook' | 'year' = 'outlook') {
  const text = usePanelText('forecast', panel)
  const points = (value: number | null | undefined) =>
    value === null || value === undefined ? '—' : text.decimal(value.toFixed(1))
  const whole = (value: number) => text.count(Math.round(value))
  return {
    ...text,
    points,
    whole,
    wholeRange: (lower: number, upper: number) => `${whole(lower)} … ${whole(upper)}`,
    signed: (value: number | null) => (value === null ? '—' : text.decimal(value.toFixed(1), { sign: true })),
    range: (lower: number | undefined, upper: number | undefined) => `${points(lower)} … ${points(upper)}`,
    percent: (share: number) => `${text.decimal((share * 100).toFixed(1))} %`,
    periodName: ({ from, to }: Outlook['periods'][number]) => shortYears(from, to),
    knownFor: ({ periods }: Subject) =>
      text.own(periods < 4 ? 'few' : 'enough', { count: text.count(periods) }, periods),
  }
}

/** 2025/26, or the year where both ends are in one. */
export function shortYears(from: string, to: string): string {
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)]
  return first === last ? first : `${first}/${last.slice(2)}`
}

/** Names of the periods after the last known one, of the same length in years. */
export function namesAhead({ periods, horizon }: Outlook): string[] {
  const { from, to } = periods.at(-1)!
  const plus = (day: string, years: number) => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
  return Array.from({ length: horizon }, (_, step) => shortYears(plus(from, step + 1), plus(to, step + 1)))
}
