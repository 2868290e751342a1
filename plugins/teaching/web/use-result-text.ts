import { usePanelText } from '@ustaz/web/panel'
import type { Result } from '../contract.ts'

/** The texts of these pages, and how results are said. */
export function useResultText() {
  const text = usePanelText('teaching', 'results')
  const { own, decimal } = text
  return {
    ...text,
    /** "+0.31"; null: why it is unknown. */
    resultText: ({ result, unknown }: Pick<Result, 'result' | 'unknown'>) =>
      result === null ? own(`reasons.${unknown ?? 'hidden'}`) : decimal(result, { digits: 2, sign: true }),
    /** "−0.10 to +0.72"; empty where there is no result. */
    intervalText: ({ low, high }: Pick<Result, 'low' | 'high'>) =>
      low === null || high === null
        ? ''
        : own('from-to', {
            low: decimal(low, { digits: 2, sign: true }),
            high: decimal(high, { digits: 2, sign: true }),
          }),
    termText: ({ year, term }: Pick<Result, 'year' | 'term'>) =>
      `${year}/${(year + 1) % 100} · ${own(`terms.${term}`)}`,
    /** Of a value that may be unknown. */
    known: (value: string | null, options: { digits?: number; sign?: boolean } = { digits: 1 }) =>
      value === null ? own('unknown') : decimal(value, options),
  }
}
