import type { ImportReport } from '@ustaz/core/contract'
import { pluginRoute, useApi, usePanelText, useProblem } from '@ustaz/web/panel'
import { computed, onBeforeUnmount, ref } from 'vue'
import type { Ref } from 'vue'
import {
  cancelImport,
  getHeadings,
  getImport,
  getImportReport,
  importKinds,
  importMoodle,
  importTable,
} from '../contract.ts'
import type { ImportOrder } from '../contract.ts'

const pollMilliseconds = 700

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
  /** The work that is on its way; null: none. */
  const order = ref<ImportOrder | null>(null)
  let isLeft = false
  onBeforeUnmount(() => (isLeft = true))
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

  async function ask(given: File, dryRun: boolean): Promise<ImportOrder> {
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
  /** Waits until the work has ended; who leaves the page leaves it to itself. null: left, or another file was taken. */
  async function follow(begun: ImportOrder): Promise<ImportReport | null> {
    const params = { id: begun.id }
    const isShown = () => !isLeft && order.value?.id === begun.id
    order.value = begun
    for (let now = begun; now.endedAt === null; order.value = now) {
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds))
      if (!isShown()) return null
      now = await api.call(pluginRoute('teaching', getImport), { params })
      if (!isShown()) return null
    }
    return await api.call(pluginRoute('teaching', getImportReport), { params })
  }
  async function cancel(): Promise<void> {
    if (!order.value) return
    const params = { id: order.value.id }
    await api.call(pluginRoute('teaching', cancelImport), { params }).then(
      (now) => (order.value = now),
      (error: unknown) => (fault.value = explain(error)),
    )
  }
  async function send(dryRun: boolean): Promise<void> {
    if (!file.value) return
    busy.value = true
    fault.value = ''
    try {
      report.value = await follow(await ask(file.value, dryRun))
      if (report.value?.written) confirm(own('written'))
    } catch (error) {
      fault.value = explain(error)
      report.value = null
    } finally {
      busy.value = false
      order.value = null
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
    order.value = null
    report.value = null
    headings.value = []
    chosen.value = {}
    fault.value = ''
  }
  return { file, order, report, headings, chosen, fault, busy, canWrite, take, send, cancel, forget }
}
