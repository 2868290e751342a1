import { computed } from 'vue'
import { useSession } from '../stores/session.ts'
import type { Theme } from '../stores/theme.ts'
import { useText } from './use-text.ts'

/** Colours and type of charts, read from the page's own, anew when light and dark change. */
export function useChartStyle() {
  const session = useSession()
  const { decimal } = useText()
  const styleOf = (_theme: Theme) => getComputedStyle(document.documentElement)
  return computed(() => {
    const style = styleOf(session.theme)
    const read = (name: string) => style.getPropertyValue(name).trim()
    const text = {
      color: read('--ui-text-muted'),
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 12,
    }
    const calm = !window.matchMedia('(prefers-reduced-motion: reduce)').matches
    return {
      text,
      line: read('--ui-border'),
      strong: read('--ui-text-highlighted'),
      primary: read('--ui-primary'),
      base: {
        textStyle: text,
        animation: calm,
        animationDuration: 250,
        // Drawn as SVG text: no style attributes in HTML, which a strict content security policy forbids.
        tooltip: {
          renderMode: 'richText' as const,
          backgroundColor: read('--ui-bg'),
          borderColor: read('--ui-border-accented'),
          textStyle: { ...text, color: read('--ui-text-highlighted') },
          confine: true,
        },
        legend: {
          textStyle: { ...text },
          itemWidth: 12,
          itemHeight: 8,
          top: 0,
          left: 0,
          type: 'plain' as const,
        },
      },
      valueAxis: {
        type: 'value' as const,
        axisLabel: { ...text, formatter: (value: number) => decimal(String(value)) },
        splitLine: { lineStyle: { color: read('--ui-border') } },
      },
      categoryAxis: {
        type: 'category' as const,
        axisLabel: { ...text },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: read('--ui-border-accented') } },
      },
    }
  })
}
