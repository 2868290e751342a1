import { plugins } from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import { z } from 'zod'
import type { Entry } from './bibtex-parents.ts'
import { byKey, entrySchema, family, withTitle } from './bibtex-parents.ts'
import { repaired } from './bibtex-repair.ts'
import { workOfCsl } from './csl.ts'
import type { Note, Outcome } from './imported.ts'
import { excerptOf, note, refuse } from './imported.ts'
import type { BibtexBlock } from './split-bibtex.ts'
import { splitBibtex } from './split-bibtex.ts'

const configSchema = z.object({ constants: z.object({ defaultStrings: z.record(z.string(), z.string()) }) })

/** The library's table of abbreviations (its documented setting): a file's own @string values are put in while it is read. */
function abbreviations(): Record<string, string> {
  const config = plugins.config.get('@bibtex')
  configSchema.parse(config)
  return (config as z.infer<typeof configSchema>).constants.defaultStrings // the same object, not zod's copy
}

function parseEntry(text: string): Entry {
  return z.tuple([entrySchema], z.unknown()).parse(plugins.input.data(text, '@biblatex/text'))[0]
}

/** Reads one @string block into the table by letting the library evaluate it for an entry that uses it. */
function defineAbbreviation(block: BibtexBlock, table: Record<string, string>): void {
  const name = /[{(]\s*([^\s=]+)\s*=/.exec(block.text)?.[1]
  if (!name) return
  const value = parseEntry(`${block.text}\n@misc{x, value = ${name}}`).properties.value
  if (value !== undefined) table[name.toLowerCase()] = String(value)
}

function readEntry(block: BibtexBlock): Entry {
  try {
    return parseEntry(block.text)
  } catch (first) {
    const text = repaired(block.text)
    if (text === block.text) throw first
    return parseEntry(text)
  }
}

const convert = (entries: Entry[]) =>
  z.array(z.unknown()).parse(plugins.input.data(entries, '@biblatex/entries+list'))[0]

/** Field text with its TeX removed rather than understood; used only for fields on which the library fails. */
const withoutTex = (value: string) => value.replace(/\\[a-zA-Z]+\s*|[\\{}$^]/g, '').trim()

function isReadable(entry: Entry, field: string, value: string | number): boolean {
  try {
    convert([{ ...entry, properties: { [field]: value } }])
    return true
  } catch {
    return false
  }
}

/** Finds the fields the library cannot read, one by one, and gives them as plain text or not at all, so that nothing else is lost. */
function withReadableFields(entry: Entry): { entry: Entry; notes: Note[] } {
  const notes: Note[] = []
  const properties: Entry['properties'] = {}
  for (const [field, value] of Object.entries(entry.properties)) {
    const plain = withoutTex(String(value))
    const readable = [value, plain].find((candidate) => isReadable(entry, field, candidate))
    if (readable !== undefined) properties[field] = readable
    if (readable === undefined) notes.push(note('field-not-read', { field, value: plain.slice(0, 100) }))
    else if (readable !== value) notes.push(note('field-read-as-plain-text', { field }))
  }
  return { entry: { ...entry, properties }, notes }
}

function cslOfEntry(entry: Entry, all: Map<string, Entry>): { csl: unknown; notes: Note[] } {
  const members = family(entry, all)
  try {
    return { csl: convert(members), notes: [] }
  } catch {
    const readable = members.map(withReadableFields)
    return { csl: convert(readable.map((member) => member.entry)), notes: readable[0]?.notes ?? [] }
  }
}

const reasonOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200)

function outcomeOf(entry: Entry, all: Map<string, Entry>): Outcome {
  if (notWorks.has(entry.type)) return refuse('not-a-work', { type: entry.type })
  try {
    const { csl, notes } = cslOfEntry(withTitle(entry), all)
    const outcome = workOfCsl(csl)
    return outcome.ok ? { ...outcome, notes: [...notes, ...outcome.notes], key: entry.label } : outcome
  } catch (error) {
    return refuse('entry-not-understood', { detail: reasonOf(error) ?? '' })
  }
}

/** Blocks that are no entries, and entries that only hold data for others (biblatex manual 2.1.1). */
const notEntries = new Set(['comment', 'string', 'preamble'])
const notWorks = new Set(['xdata', 'set'])

type Read = { block: BibtexBlock; entry: Entry | null; failure: string }

function readBlocks(blocks: BibtexBlock[]): Read[] {
  const table = abbreviations()
  const before = { ...table }
  const read: Read[] = []
  try {
    for (const block of blocks) {
      try {
        if (block.type === 'string') defineAbbreviation(block, table)
        else if (!notEntries.has(block.type)) read.push({ block, entry: readEntry(block), failure: '' })
      } catch (error) {
        if (block.type !== 'string') read.push({ block, entry: null, failure: reasonOf(error) ?? '' })
      }
    }
  } finally {
    for (const name of Object.keys(table)) if (!(name in before)) Reflect.deleteProperty(table, name)
    Object.assign(table, before)
  }
  return read
}

/**
 * Reads BibTeX and BibLaTeX with citation-js, each entry by itself, so that a bad one is refused alone.
 * Every entry of the file appears once, in order: as an outcome with the line it starts on.
 */
export function readBibtex(text: string): { outcome: Outcome; line: number; excerpt: string }[] {
  const read = readBlocks(splitBibtex(text))
  const all = byKey(read.flatMap(({ entry }) => entry ?? []))
  return read.map(({ block, entry, failure }) => ({
    outcome: entry
      ? outcomeOf(entry, all)
      : refuse(block.closed ? 'entry-syntax' : 'entry-not-closed', { detail: failure }),
    line: block.line,
    excerpt: excerptOf(block.text),
  }))
}
