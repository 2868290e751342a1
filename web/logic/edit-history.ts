/** What was written in a session, one state after the other, so that each step can be undone and done again. */
export interface EditHistory<T> {
  past: readonly T[]
  present: T
  future: readonly T[]
  /** What the last step was about, and when: typing on in the same field is one step. */
  last: { about: string; at: number } | null
}

/** Steps that can be undone; older ones are forgotten. */
const maxSteps = 200

/** Typing that goes on within this time in the same field belongs to the same step. */
const pauseMilliseconds = 1500

export function startHistory<T>(present: T): EditHistory<T> {
  return { past: [], present, future: [], last: null }
}

/** The history after a change. `about`: the field; null: a step of its own. `at`: milliseconds. */
export function recordStep<T>(
  history: EditHistory<T>,
  present: T,
  { about, at }: { about: string | null; at: number },
): EditHistory<T> {
  const { last } = history
  const goesOn = about !== null && last?.about === about && at - last.at < pauseMilliseconds
  const past = goesOn ? history.past : [...history.past, history.present].slice(-maxSteps)
  return { past, present, future: [], last: about === null ? null : { about, at } }
}

/** One step back; the same history where there is none. */
export function undoStep<T>({ past, present, future, last }: EditHistory<T>): EditHistory<T> {
  const before = past.at(-1)
  if (past.length === 0) return { past, present, future, last }
  return { past: past.slice(0, -1), present: before as T, future: [present, ...future], last: null }
}

export function redoStep<T>({ past, present, future, last }: EditHistory<T>): EditHistory<T> {
  const [next, ...rest] = future
  if (future.length === 0) return { past, present, future, last }
  return { past: [...past, present], present: next as T, future: rest, last: null }
}
