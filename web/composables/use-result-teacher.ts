import { inject, provide } from 'vue'
import type { InjectionKey, Ref } from 'vue'

/** Id of the teacher whose lines are shown: those that name nobody are about them. */
const key: InjectionKey<Readonly<Ref<number>>> = Symbol('result-teacher')

export function provideResultTeacher(teacherId: Readonly<Ref<number>>): void {
  provide(key, teacherId)
}

/** null: the lines are shown where nobody's result is (the preview of a clause). */
export function useResultTeacher(): Readonly<Ref<number>> | null {
  return inject(key, null)
}
