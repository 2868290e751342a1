import { readZipDirectory, unpackEntry } from './zip-directory.ts'

export interface SheetFindings {
  /**
   * Cells that hold an error (#N/A, #REF!) or a formula never computed, as "B5": readers of the format give them as empty, and
   * an empty cell would erase what is known.
   */
  broken: string[]
  /** The farthest row and column with content, counted from 1: readers fill all that lies before them. */
  rows: number
  columns: number
}

/** Looks through an XLSX's first sheet before it is read. */
export function inspectSheet(archive: Buffer): SheetFindings {
  const entries = new Map((readZipDirectory(archive) ?? []).map((entry) => [entry.path, entry]))
  const unpack = (path: string) => {
    const entry = entries.get(path)
    return entry ? unpackEntry(archive, entry) : ''
  }
  const sheet = firstSheet(unpack('xl/workbook.xml'), unpack('xl/_rels/workbook.xml.rels'))
  return inspectCells(sheet === null ? '' : unpack(sheet))
}

function inspectCells(sheet: string): SheetFindings {
  const found: SheetFindings = { broken: [], rows: 0, columns: 0 }
  for (const [, attributes = '', content = ''] of sheet.matchAll(/<c\s([^>]*[^>/])>(.*?)<\/c>/gs)) {
    const [address = '?', letters = '', row = ''] = /(?<=\br=")([A-Z]+)(\d+)/.exec(attributes) ?? []
    found.rows = Math.max(found.rows, Number(row))
    found.columns = Math.max(found.columns, columnNumber(letters))
    const isError = /\bt="e"/.test(attributes)
    const isUncomputed = content.includes('<f') && !content.includes('<v')
    if (isError || isUncomputed) found.broken.push(address)
  }
  return found
}

/** A = 1, Z = 26, AA = 27, XFD = 16384. */
function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
}

/** Path of the first sheet's part; null: not said. */
function firstSheet(workbook: string, relations: string): string | null {
  const id = /<(?:\w+:)?sheet\s[^>]*?\br:id="([^"]+)"/.exec(workbook)?.[1]
  if (id === undefined) return null
  const tags = [...relations.matchAll(/<Relationship\s[^>]*>/g)].map(([tag]) => tag)
  const target = /\bTarget="([^"]+)"/.exec(tags.find((tag) => tag.includes(`Id="${id}"`)) ?? '')?.[1]
  if (!target) return null
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}
