import { inflateRawSync } from 'node:zlib'
import { limits } from './cells.ts'
import { readZipDirectory } from './zip-directory.ts'
import type { ZipEntry } from './zip-directory.ts'

/**
 * Cells of an XLSX's first sheet that hold an error (#N/A, #REF!) or a formula never computed, as "B5": readers of the
 * format give them as empty, and an empty cell would erase what is known.
 */
export function findBrokenCells(archive: Buffer): string[] {
  const entries = new Map((readZipDirectory(archive) ?? []).map((entry) => [entry.path, entry]))
  const unpack = (path: string) => {
    const entry = entries.get(path)
    return entry ? unpackEntry(archive, entry) : ''
  }
  const sheet = firstSheet(unpack('xl/workbook.xml'), unpack('xl/_rels/workbook.xml.rels'))
  return sheet === null ? [] : brokenIn(unpack(sheet))
}

function brokenIn(sheet: string): string[] {
  const broken: string[] = []
  for (const [, attributes = '', content = ''] of sheet.matchAll(/<c\s([^>]*[^>/])>(.*?)<\/c>/gs)) {
    const isError = /\bt="e"/.test(attributes)
    const isUncomputed = content.includes('<f') && !content.includes('<v')
    if (isError || isUncomputed) broken.push(/\br="([A-Z]+\d+)"/.exec(attributes)?.[1] ?? '?')
  }
  return broken
}

/** Path of the first sheet's part; null: not said. */
function firstSheet(workbook: string, relations: string): string | null {
  const id = /<(?:\w+:)?sheet\s[^>]*?\br:id="([^"]+)"/.exec(workbook)?.[1]
  const relation = [...relations.matchAll(/<Relationship\s[^>]*>/g)].find(([tag]) =>
    tag.includes(`Id="${id}"`),
  )?.[0]
  const target = relation && /\bTarget="([^"]+)"/.exec(relation)?.[1]
  if (!target) return null
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

function unpackEntry(archive: Buffer, entry: ZipEntry): string {
  const start =
    entry.offset + 30 + archive.readUInt16LE(entry.offset + 26) + archive.readUInt16LE(entry.offset + 28)
  const packed = archive.subarray(start, start + entry.packedBytes)
  const stored = entry.method === 0
  return (stored ? packed : inflateRawSync(packed, { maxOutputLength: limits.unpackedBytes })).toString(
    'utf8',
  )
}
