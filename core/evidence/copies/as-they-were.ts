type Fields = Record<string, unknown>

export interface Kept {
  data: Fields
  happenedOn: string | null
  /** In their order; null: nobody of the university. */
  teacherIds: (number | null)[]
}
/** A change as the history of an entry has it (changed-fields.ts): fields by JSON pointer, absent on the side where they were not given. */
export interface Undoable {
  before: Fields | null
  after: Fields | null
}

/** What an entry was before its latest changes, the newest of them first. */
export function asTheyWere(entry: Kept, changes: readonly Undoable[]): Kept {
  const fields = new Map<string, unknown>([['/happenedOn', entry.happenedOn]])
  for (const [name, value] of Object.entries(entry.data)) fields.set(`/data/${pointerStep(name)}`, value)
  entry.teacherIds.forEach((teacherId, i) => fields.set(`/participants/${i}`, { teacherId }))
  for (const { before, after } of changes) {
    for (const path of Object.keys(after ?? {})) fields.delete(path)
    for (const [path, value] of Object.entries(before ?? {})) fields.set(path, value)
  }
  const below = (root: string) =>
    [...fields].filter(([path]) => path.startsWith(root)).map(([path, value]) => [path.slice(root.length), value] as const) // prettier-ignore
  return {
    data: Object.fromEntries(below('/data/').map(([step, value]) => [nameOf(step), value])),
    happenedOn: fields.get('/happenedOn') as string | null,
    teacherIds: below('/participants/')
      .toSorted(([a], [b]) => Number(a) - Number(b))
      .map(([, value]) => (value as { teacherId: number | null }).teacherId),
  }
}

/** Steps of a JSON pointer (RFC 6901). */
const pointerStep = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')
const nameOf = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~')
