import { inject, provide } from 'vue'
import type { InjectionKey, Ref } from 'vue'

/** What the lines of a shown result need to offer an appeal: the run, and whether one may be filed against it now. */
interface Appealable {
  runId: Ref<number>
  isOpen: Ref<boolean>
}
const key: InjectionKey<Appealable> = Symbol('appealable')

export function provideAppealable(appealable: Appealable): void {
  provide(key, appealable)
}

/** null: the lines are shown where nobody appeals (a preview, a comparison). */
export function useAppealable(): Appealable | null {
  return inject(key, null)
}
