import { ProblemAnswer } from '@ustaz/core/contract'
import { pluginRoute, useApi, useProblem } from '@ustaz/web/panel'
import { computed, onBeforeUnmount, onMounted, ref } from 'vue'
import { getSheet, moveSheet, saveAnswer } from '../contract.ts'
import type { Answer, Sheet } from '../contract.ts'

const delayMilliseconds = 400
const retryMilliseconds = 5000

/**
 * An expert's sheet that saves itself: a moment after each change, one request at a time, again and again while the server is out of
 * reach. `state`: saved, unsaved (about to be), failed (tried again by itself), conflict (changed elsewhere; the person chooses).
 */
export function useSheet(initial: Sheet) {
  const api = useApi()
  const { announce, explain } = useProblem()
  const sheet = ref(initial)
  const answer = ref<Answer>(initial.answer)
  const theirs = ref<Sheet | null>(null)
  const state = ref<'saved' | 'unsaved' | 'failed' | 'conflict'>('saved')
  const fault = ref('')
  const params = { id: initial.question.id }
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  const isSaved = () => JSON.stringify(answer.value) === JSON.stringify(sheet.value.answer)

  function change(next: Answer): void {
    answer.value = next
    if (state.value === 'conflict') return
    state.value = 'unsaved'
    later(delayMilliseconds)
  }
  function later(milliseconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), milliseconds)
  }

  /** Saves what is not saved yet; answers once it is, or once it failed. */
  async function flush(): Promise<void> {
    clearTimeout(timer)
    running ??= saveAll().finally(() => (running = null))
    await running
  }
  async function saveAll(): Promise<void> {
    while (state.value !== 'conflict' && !isSaved()) {
      const body = { answer: answer.value, revision: sheet.value.revision }
      try {
        sheet.value = await api.call(pluginRoute('expert', saveAnswer), { params, body })
      } catch (error) {
        await fail(error)
        return
      }
    }
    if (state.value !== 'conflict') state.value = 'saved'
  }
  async function fail(error: unknown): Promise<void> {
    fault.value = explain(error)
    if (!(error instanceof ProblemAnswer)) later(retryMilliseconds)
    const isOutdated = error instanceof ProblemAnswer && error.problem.code === 'expert.sheet-revision'
    theirs.value = isOutdated
      ? await api.call(pluginRoute('expert', getSheet), { params }).catch(() => null)
      : null
    state.value = theirs.value ? 'conflict' : 'failed'
  }

  async function keepMine(): Promise<void> {
    if (!theirs.value) return
    sheet.value = theirs.value
    theirs.value = null
    state.value = 'unsaved'
    await flush()
  }
  function takeTheirs(): void {
    if (!theirs.value) return
    sheet.value = theirs.value
    answer.value = theirs.value.answer
    theirs.value = null
    state.value = 'saved'
  }

  const busy = ref(false)
  async function move(action: 'submit' | 'take-back'): Promise<void> {
    busy.value = true
    try {
      await flush()
      if (state.value !== 'saved') return
      const body = { action, revision: sheet.value.revision }
      sheet.value = await api.call(pluginRoute('expert', moveSheet), { params, body })
    } catch (error) {
      announce(error)
    } finally {
      busy.value = false
    }
  }

  /** The browser asks before it throws away what is not saved. */
  const warn = (event: BeforeUnloadEvent) => {
    if (!isSaved()) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', warn))
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', warn)
    void flush()
  })
  return {
    sheet: computed(() => sheet.value),
    answer: computed(() => answer.value),
    theirs: computed(() => theirs.value),
    state: computed(() => state.value),
    fault: computed(() => fault.value),
    busy: computed(() => busy.value),
    change,
    flush,
    move,
    keepMine,
    takeTheirs,
  }
}
