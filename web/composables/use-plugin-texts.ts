import { languages } from '@ustaz/core/contract'
import { watch } from 'vue'
import { i18n } from '../i18n.ts'
import { useCatalogue } from './use-catalogue.ts'

/** Puts the texts of the installed plugins beside ours, as `plugins.<id>...`, as soon as the catalogue is there. */
export function usePluginTexts(): void {
  const { query } = useCatalogue()
  watch(
    query.data,
    (catalogue) => {
      for (const { id, messages } of catalogue?.plugins ?? []) {
        for (const language of languages) {
          i18n.global.mergeLocaleMessage(language, { plugins: { [id]: messages[language] } })
        }
      }
    },
    { immediate: true },
  )
}
