import { z } from 'zod'

/** An entry as the library's grammar reads it, its values still in TeX. */
export const entrySchema = z.object({
  type: z.string(),
  label: z.string(),
  properties: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Entry = z.infer<typeof entrySchema>

const listed = (value: string | number | undefined) =>
  String(value ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** Entries by key, and by the other keys they list in `ids`. */
export function byKey(entries: readonly Entry[]): Map<string, Entry> {
  const aliases = entries.flatMap((entry) => listed(entry.properties.ids).map((id) => [id, entry] as const))
  return new Map([...aliases, ...entries.map((entry) => [entry.label, entry] as const)])
}

/** Parts of a volume have its title as `booktitle`; a volume itself that has only that is called so. */
const partOfVolume = /^(?:in|bookin|supp)|^conference$/

/** The entry with the title of the volume it is. */
export function withTitle(entry: Entry): Entry {
  const { title, booktitle } = entry.properties
  if (title !== undefined || booktitle === undefined || partOfVolume.test(entry.type)) return entry
  return { ...entry, properties: { ...entry.properties, title: booktitle } }
}

/** Fields of a parent named by `xdata` fill what the entry leaves out (biblatex manual 3.13.6); the library does `crossref`. */
function withSharedData(entry: Entry, all: Map<string, Entry>, depth = 0): Entry {
  const shared = depth > 5 ? [] : listed(entry.properties.xdata).flatMap((name) => all.get(name) ?? [])
  const inherited = shared.map((parent) => withSharedData(parent, all, depth + 1).properties)
  return { ...entry, properties: Object.assign({}, ...inherited, entry.properties) as Entry['properties'] }
}

/** What a paper must not take over from the volume it stands in: the volume's own identity. */
const ownOnly = ['doi', 'url', 'eprint', 'pages', 'pagetotal']

/** A parent as the library may inherit from it, without what belongs to the parent alone. */
function asParent(entry: Entry): Entry {
  const kept = Object.entries(entry.properties).filter(([field]) => !ownOnly.includes(field))
  return { ...entry, properties: Object.fromEntries(kept) }
}

/** The entry's `crossref` parents, nearest first. A circle is broken where it would begin again. */
function ancestors(entry: Entry, all: Map<string, Entry>): Entry[] {
  const chain: Entry[] = []
  for (let parent = all.get(String(entry.properties.crossref)); parent;) {
    if (parent === entry || chain.includes(parent)) break
    chain.push(parent)
    parent = all.get(String(parent.properties.crossref))
  }
  return chain.map(asParent)
}

/** Entry and parents as the library takes them: by label, without circles, and it fails on a parent book without author. */
export function family(entry: Entry, all: Map<string, Entry>): Entry[] {
  const whole = withSharedData(entry, all)
  const chain = [whole, ...ancestors(whole, all).map((parent) => withSharedData(parent, all))]
  return chain.map((member, i) => {
    const { crossref, ...properties } = member.properties
    const parent = crossref === undefined ? undefined : chain[i + 1]
    return {
      ...member,
      properties: parent ? { bookauthor: '{}', ...properties, crossref: parent.label } : properties,
    }
  })
}
