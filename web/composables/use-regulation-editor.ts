import { getRegulation, ProblemAnswer, saveRegulation } from '@ustaz/core/contract'
import type { RegulationDetail, RegulationDocument } from '@ustaz/core/contract'
import { computed, inject, provide, ref, shallowRef } from 'vue'
import type { InjectionKey } from 'vue'
import { useApi } from '../api/client.ts'
import { documentFaults } from '../logic/document-faults.ts'
import { putAt, valueAt } from '../logic/document-path.ts'
import type { Path } from '../logic/document-path.ts'
import { recordStep, redoStep, startHistory, undoStep } from '../logic/edit-history.ts'
import { useDraftCheck } from './use-draft-check.ts'
import { readUnsaved, useDraftKeeping } from './use-draft-keeping.ts'
import { useProblem } from './use-problem.ts'
import { useText } from './use-text.ts'

/** The document as it is written in this session, each step of which can be undone. */
function useSteps(first: unknown) {
  const history = shallowRef(startHistory(first))
  const change = (next: unknown, about: string | null = null) => {
    history.value = recordStep(history.value, next, { about, at: Date.now() })
  }
  const document = computed(() => history.value.present)
  return {
    document,
    change,
    at: (path: Path) => valueAt(document.value, path),
    /** Puts a value at a path; undefined takes the field out. Typing on in the same place is one step. */
    put: (path: Path, value: unknown) => change(putAt(document.value, path, value), path.join('/')),
    undo: () => (history.value = undoStep(history.value)),
    redo: () => (history.value = redoStep(history.value)),
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
  }
}

/** YAML that the document is read from while it is typed. */
function useTyped({ document, change }: Pick<ReturnType<typeof useSteps>, 'document' | 'change'>) {
  /** With its comments, as it was read last in this session; null: the stored one holds. */
  const text = ref<string | null>(null)
  /** As it is typed, while it cannot be read; null: it can, or none is typed. */
  const unreadable = ref<string | null>(null)
  return {
    text,
    unreadable,
    /** Text that was typed and that nobody has read yet. */
    beginText: (typed: string) => (unreadable.value = typed),
    /** What the server read in a text; null: nothing, the document stays as it was. */
    takeText(typed: string, read: RegulationDocument | null): void {
      unreadable.value = read ? null : typed
      if (!read) return
      text.value = typed
      if (JSON.stringify(read) !== JSON.stringify(document.value)) change(read, 'text')
    },
  }
}

/**
 * What is saved, here and by others, beside what is written. What an earlier visit left unsaved is written again; where somebody
 * else has saved since, `theirs` holds that until one chooses.
 */
function useVersions(loaded: RegulationDetail, { document, change }: ReturnType<typeof useSteps>) {
  const saved = shallowRef(loaded)
  const theirs = shallowRef<RegulationDetail | null>(null)
  const unsaved = readUnsaved(loaded.id, loaded.document)
  const wasRestored = ref(unsaved?.revision === loaded.revision)
  if (unsaved) {
    change(unsaved.document)
    if (!wasRestored.value) theirs.value = loaded
  }
  return {
    saved,
    theirs,
    wasRestored,
    isChanged: computed(() => document.value !== saved.value.document),
    /** The revision that what is written rests on: of an older one until one has chosen. */
    revision: () => (theirs.value && unsaved ? unsaved.revision : saved.value.revision),
    takeSaved(answer: RegulationDetail, sent: unknown): void {
      saved.value = { ...answer, document: sent as RegulationDocument }
      theirs.value = null
      wasRestored.value = false
    },
    /** Goes on with what somebody else saved; what was written here stays in the history. */
    takeTheirs(): void {
      const other = theirs.value
      if (!other) return
      saved.value = other
      theirs.value = null
      change(other.document)
    },
    discard(): void {
      change(saved.value.document)
      wasRestored.value = false
    },
  }
}

/**
 * A draft that is being edited: its document, what the server finds in it, and saving with a revision. What is not saved is kept by
 * this browser and comes back after a reload. Nothing is overwritten unasked.
 */
export function createRegulationEditor(loaded: RegulationDetail) {
  const { id } = loaded
  const steps = useSteps(loaded.document)
  const { document } = steps
  const typed = useTyped(steps)
  const { revision, takeSaved, ...versions } = useVersions(loaded, steps)
  const { saved, theirs, isChanged } = versions
  const keeping = useDraftKeeping({ id, document, isChanged, unreadable: typed.unreadable, revision })
  const { fault: checkFault, take, ...check } = useDraftCheck(document, loaded)
  const { send, ...saving } = useSaving({
    id,
    document,
    text: typed.text,
    takeSaved(answer, sent) {
      takeSaved(answer, sent)
      typed.text.value = null
      if (document.value === sent) take(answer)
    },
    takeTheirs: (other) => (theirs.value = other),
  })
  return {
    id,
    ...steps,
    ...typed,
    ...versions,
    ...check,
    checkFault,
    faults: computed(() => documentFaults(check.issues.value)),
    isKept: keeping.isKept,
    ...saving,
    save: async () => await send(saved.value.revision),
    /** Writes what was written here over what somebody else saved meanwhile, having seen it. */
    async keepMine(): Promise<void> {
      if (theirs.value) await send(theirs.value.revision)
    },
  }
}

interface Saving {
  id: number
  document: { readonly value: unknown }
  text: { readonly value: string | null }
  takeSaved(answer: RegulationDetail, sent: unknown): void
  takeTheirs(other: RegulationDetail): void
}

function useSaving({ id, document, text, takeSaved, takeTheirs }: Saving) {
  const api = useApi()
  const { t } = useText()
  const { confirm, explain } = useProblem()
  const isSaving = ref(false)
  const fault = ref('')
  async function send(revision: number): Promise<void> {
    isSaving.value = true
    fault.value = ''
    const sent = document.value
    try {
      const body = { document: sent as RegulationDocument, text: text.value, revision }
      takeSaved(await api.call(saveRegulation, { params: { id }, body }), sent)
      confirm(t('editor.saved'))
    } catch (error) {
      await takeRefusal(error)
    } finally {
      isSaving.value = false
    }
  }
  async function takeRefusal(error: unknown): Promise<void> {
    const code = error instanceof ProblemAnswer ? error.problem.code : ''
    if (code === 'regulation-revision') {
      await api.call(getRegulation, { params: { id } }).then(takeTheirs, (cause: unknown) => {
        fault.value = explain(cause)
      })
    } else fault.value = code === 'input-invalid' ? t('editor.unformed') : explain(error)
  }
  return { isSaving, fault, send }
}

export type RegulationEditor = ReturnType<typeof createRegulationEditor>
const key: InjectionKey<RegulationEditor> = Symbol('regulation editor')

export function provideRegulationEditor(editor: RegulationEditor): void {
  provide(key, editor)
}

/** The draft that is edited around this component. */
export function useRegulationEditor(): RegulationEditor {
  const editor = inject(key)
  if (!editor) throw new Error('no regulation is edited here')
  return editor
}
