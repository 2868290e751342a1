import type { ImportReport } from '@ustaz/core/contract'
import { pluginRoute, useApi, usePanelText, useProblem } from '@ustaz/web/panel'
import { computed, ref } from 'vue'
import type { Ref } from 'vue'
import { getHeadings, importKinds, importMoodle, importTable } from '../contract.ts'

export interface MoodleChoice {
  group: string
  studentBy: string
  maximum: string
}

/** A file on its way in: read at once, its columns named where they were not recognised, written when a person says so. */
export function useImport(kind: Readonly<Ref<string>>, moodle: Readonly<Ref<MoodleChoice>>) {
  const api = useApi()
  const { explain, confirm } = useProblem()
  const { own } = usePanelText('teaching', 'import')
  const file = ref<File | null>(null)
  const report = ref<ImportReport | null>(null)
  const headings = ref<string[]>([])
  /** Column -> heading; '' or absent: by its own heading. */
  const chosen = ref<Record<string, string>>({})
  const fault = ref('')
  const busy = ref(false)
  const canWrite = computed(() => {
    const counts = report.value?.counts
    return (
      counts !== undefined &&
      report.value?.dryRun === true &&
      counts.refused === 0 &&
      counts.created + counts.changed > 0
    )
  })

  async function ask(given: File, dryRun: boolean): Promise<ImportReport> {
    const table = importKinds.find((known) => known === kind.value)
    if (!table) {
      const body = { ...moodle.value, dryRun: String(dryRun) }
      return await api.call(pluginRoute('teaching', importMoodle), { body } as never, { file: given })
    }
    const named = Object.fromEntries(Object.entries(chosen.value).filter(([, heading]) => heading !== ''))
    const body = { dryRun: String(dryRun), headings: JSON.stringify(named) }
    return await api.call(
      pluginRoute('teaching', importTable),
      { params: { kind: table }, body },
      { file: given },
    )
  }
  async function send(dryRun: boolean): Promise<void> {
    if (!file.value) return
    busy.value = true
    fault.value = ''
    try {
      report.value = await ask(file.value, dryRun)
      if (report.value.written) confirm(own('written'))
    } catch (error) {
      fault.value = explain(error)
      report.value = null
    } finally {
      busy.value = false
    }
  }
  async function take([given]: File[]): Promise<void> {
    forget()
    if (!given) return
    file.value = given
    await send(true)
    if (kind.value === 'moodle') return
    const found = await api
      .call(pluginRoute('teaching', getHeadings), { body: {} }, { file: given })
      .catch(() => null)
    headings.value = found?.headings ?? []
  }
  function forget(): void {
    file.value = null
    report.value = null
    headings.value = []
    chosen.value = {}
    fault.value = ''
  }
  return { file, report, headings, chosen, fault, busy, canWrite, take, send, forget }
}
