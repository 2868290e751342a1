import type { Area, Pair } from '../contract.ts'
import { usePanelText } from '@ustaz/web/panel'

/** The texts of these pages, and what they say of areas and comparisons. */
export function useConsultationText() {
  const text = usePanelText('expert', 'consultation')
  const { own, pick, decimal } = text
  /** 9 -> "9", 25/9 -> "2.78". */
  const times = (value: number) => decimal(String(Number(value.toFixed(2))))
  const areaName = (areas: readonly Area[], id: string) => {
    const area = areas.find((one) => one.id === id)
    return area ? `${id} ${pick(area.title)}` : id
  }
  return {
    ...text,
    areaName,
    times,
    percent: (weight: number) => own('percent', { value: decimal((weight * 100).toFixed(1)) }),
    ratio: (value: number) => decimal(value.toFixed(3)),
    /** "K1 Research is 3 times as important as K2 Teaching (moderately more)". */
    pairWords(areas: readonly Area[], { area, over, times: value }: Pair): string {
      const names = { area: areaName(areas, area), over: areaName(areas, over) }
      if (value === 1) return own('pair.equal', names)
      const word = Number.isInteger(value) && value <= 9 ? own(`scale.${value}`) : null
      const more = { ...names, times: times(value) }
      return word === null ? own('pair.times', more) : own('pair.more', { ...more, word })
    },
  }
}
