import { inflateRawSync } from 'node:zlib'
import { limits } from './cells.ts'

/** A part of a ZIP archive as its directory names it. */
export interface ZipEntry {
  path: string
  method: number
  packedBytes: number
  unpackedBytes: number
  /** Where the part's own header begins. */
  offset: number
}

const endSignature = 0x06054b50
const entrySignature = 0x02014b50

/**
 * The directory at the end of a ZIP archive (APPNOTE.TXT 4.3.12 and 4.3.16), without unpacking anything. null: the archive is
 * broken, or of the form for more than 4 GB, which no table needs.
 */
export function readZipDirectory(archive: Buffer): ZipEntry[] | null {
  const end = findEnd(archive)
  if (end === null) return null
  const count = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  const entries: ZipEntry[] = []
  for (let i = 0; i < count; i++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== entrySignature) return null
    const pathBytes = archive.readUInt16LE(at + 28)
    entries.push(readEntry(archive, at, pathBytes))
    at += 46 + pathBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return entries.some(({ unpackedBytes }) => unpackedBytes === 0xffffffff) ? null : entries
}

function readEntry(archive: Buffer, at: number, pathBytes: number): ZipEntry {
  return {
    path: archive.toString('utf8', at + 46, at + 46 + pathBytes),
    method: archive.readUInt16LE(at + 10),
    packedBytes: archive.readUInt32LE(at + 20),
    unpackedBytes: archive.readUInt32LE(at + 24),
    offset: archive.readUInt32LE(at + 42),
  }
}

/** A part as text, UTF-8. Throws where it does not unpack, or to more than a table may have. */
export function unpackEntry(archive: Buffer, entry: ZipEntry): string {
  const nameBytes = archive.readUInt16LE(entry.offset + 26) + archive.readUInt16LE(entry.offset + 28)
  const start = entry.offset + 30 + nameBytes
  const packed = archive.subarray(start, start + entry.packedBytes)
  if (entry.method === 0) return packed.toString('utf8')
  return inflateRawSync(packed, { maxOutputLength: limits.unpackedBytes }).toString('utf8')
}

/** The record of the end is 22 bytes, behind it stands at most a comment of 65,535. */
function findEnd(archive: Buffer): number | null {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - 22 - 0xffff); at--) {
    if (archive.readUInt32LE(at) === endSignature) return at
  }
  return null
}
