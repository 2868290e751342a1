import { useText } from '../composables/use-text.ts'

/** The public interface of the dashboard for panels of plugins: what a page of one's own is made with. */
export { definePanel } from './define-panel.ts'
export type { PagePart, Panel, PartPlace, PluginPart } from './define-panel.ts'
export { pluginRoute } from './plugin-route.ts'

export { useApi } from '../api/client.ts'
export type { Api } from '../api/client.ts'
export { routeKey, useApiQuery } from '../composables/use-api-query.ts'
export { useCatalogue } from '../composables/use-catalogue.ts'
export { useDelay } from '../composables/use-delay.ts'
export { useSuggestions } from '../composables/use-suggestions.ts'
export { useProblem } from '../composables/use-problem.ts'
export { useRights } from '../composables/use-rights.ts'
export { useUnits } from '../composables/use-units.ts'
export { useUrlState } from '../composables/use-url-state.ts'
export { useText } from '../composables/use-text.ts'
export { useChartStyle } from '../composables/use-chart-style.ts'
export { useNarrow } from '../composables/use-narrow.ts'
export { currentPeriod } from '../logic/periods.ts'
export type { Period } from '../logic/periods.ts'
export { colourOf } from '../logic/palette.ts'
export { wrapWords } from '../logic/wrap-words.ts'
export { useRoute, useRouter } from 'vue-router'

export { default as AsyncView } from '../components/AsyncView.vue'
export { default as ChartPanel } from '../components/ChartPanel.vue'
export { default as DataPagination } from '../components/DataPagination.vue'
export { default as EmptyView } from '../components/EmptyView.vue'
export { default as EvidenceState } from '../components/EvidenceState.vue'
export { default as ExportButtons } from '../components/ExportButtons.vue'
export { default as FileDrop } from '../components/FileDrop.vue'
export { default as FormField } from '../components/FormField.vue'
export { default as ImportReportView } from '../components/ImportReportView.vue'
export { default as LoadingView } from '../components/LoadingView.vue'
export { default as LazyChart } from '../components/charts/LazyChart.vue'
export { default as PageHeader } from '../components/PageHeader.vue'
export { default as SearchField } from '../components/SearchField.vue'
export { default as StateBadge } from '../components/StateBadge.vue'
export { default as TabChoice } from '../components/TabChoice.vue'
export { default as TableScroll } from '../components/TableScroll.vue'
export { default as TeacherPicker } from '../components/TeacherPicker.vue'
export { default as UButton } from '@nuxt/ui/components/Button.vue'
export { default as UIcon } from '@nuxt/ui/components/Icon.vue'
export { default as UModal } from '@nuxt/ui/components/Modal.vue'

/** A panel's own texts: `own('title')` is `panels.<panel>.title` in the messages of the plugin. */
export function usePanelText(plugin: string, panel: string) {
  const text = useText()
  const keyOf = (key: string) => `plugins.${plugin}.panels.${panel}.${key}`
  return {
    ...text,
    own: (key: string, values: Record<string, unknown> = {}, plural = 0) =>
      text.t(keyOf(key), values, plural),
  }
}
