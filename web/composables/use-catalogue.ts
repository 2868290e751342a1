import { getCatalogue } from '@ustaz/core/contract'
import { computed } from 'vue'
import { trimDecimal } from '../logic/decimal.ts'
import { plainText } from '../logic/plain-text.ts'
import { pluginText, splitIndicator } from '../logic/plugin-text.ts'
import { useSession } from '../stores/session.ts'
import { useApiQuery } from './use-api-query.ts'
import { useRights } from './use-rights.ts'
import { useText } from './use-text.ts'

const fiveMinutes = 300_000

/** What is installed, and the plugins' names for kinds, fields, values and roles; an unnamed thing is called by its id. */
export function useCatalogue() {
  const session = useSession()
  const { may } = useRights()
  const { t, te, decimal, day } = useText()
  const query = useApiQuery(getCatalogue, () => (may('catalogue.read') ? {} : null), {
    staleTime: fiveMinutes,
  })
  const text = (plugin: string, ...path: string[]) =>
    pluginText(query.data.value, session.language, plugin, path)
  const ofKind = (indicator: string, ...path: string[]) => {
    const { plugin, kind } = splitIndicator(indicator)
    return text(plugin, 'kinds', kind, ...path) ?? text(plugin, 'indicators', kind, ...path)
  }
  const coreValue = (name: string) => (te(`fact.values.${name}`) ? t(`fact.values.${name}`) : name)

  function valueText(indicator: string, field: string, value: unknown): string {
    if (value === null || value === undefined || value === '') return t('fact.unknown')
    if (typeof value === 'boolean') return t(value ? 'fact.yes' : 'fact.no')
    if (Array.isArray(value)) return value.map((item) => valueText(indicator, field, item)).join(', ')
    const plain = plainText(value)
    const named = ofKind(indicator, 'values', field, plain)
    if (named !== null) return named
    if (typeof value === 'number') return decimal(trimDecimal(value.toFixed(12)))
    return /^\d{4}-\d\d-\d\d$/.test(plain) ? day(plain) : plain
  }
  return {
    query,
    catalogue: computed(() => query.data.value),
    /** Whether the plugin of a panel or part (`<plugin>.<name>`) is on; false until it is known. */
    isRunning: (partId: string) =>
      query.data.value?.plugins.some(({ id, fault }) => partId.startsWith(`${id}.`) && fault === null) ??
      false,
    kinds: computed(() => query.data.value?.evidenceKinds ?? []),
    pluginText: text,
    kindName: (indicator: string) => ofKind(indicator, 'name') ?? indicator,
    kindHelp: (indicator: string) => ofKind(indicator, 'description') ?? '',
    fieldName: (indicator: string, field: string) => ofKind(indicator, 'fields', field) ?? coreValue(field),
    fieldHelp: (indicator: string, field: string) => ofKind(indicator, 'help', field) ?? '',
    roleName: (indicator: string, role: string) => ofKind(indicator, 'roles', role) ?? role,
    /** "for each printed sheet" */
    perUnit: (unit: string) => (te(`perUnit.${unit}`) ? t(`perUnit.${unit}`) : t('perUnit.other', { unit })),
    valueText,
  }
}
