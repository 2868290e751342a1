import { UstazError } from '../../contract/problem.ts'
import type { Fault } from '../../contract/problem.ts'

/** Rows of a table as texts; '' is an empty cell. Row 0 is line 1 of the file. */
export interface Cells {
  rows: string[][]
  /** What the reader should know about the file as a whole. */
  notices: Fault[]
}

/** Bounds of a file: what is above them is refused before it can fill the memory. */
export const limits = {
  bytes: 20 * 1024 * 1024,
  /** A CSV up to here is read at once; above, and every XLSX, in a thread of its own. */
  smallCsvBytes: 1024 * 1024,
  /** Sum of an XLSX's parts when unpacked. */
  unpackedBytes: 160 * 1024 * 1024,
  rows: 200_001,
  columns: 100,
  heapMegabytes: 768,
  seconds: 60,
} as const

/** The file is above a bound, or fills memory or time. */
export function tooLarge(cause?: unknown): UstazError {
  const params = { megabytes: limits.bytes / 1024 / 1024, rows: limits.rows - 1 }
  return new UstazError('import-file-too-large', { status: 413, params, cause })
}

export function checkSize(cells: Cells): Cells {
  const isLarge = cells.rows.length > limits.rows || cells.rows.some((row) => row.length > limits.columns)
  if (isLarge) throw tooLarge()
  return cells
}

export function isZip(content: Buffer): boolean {
  return content.readUInt32LE(0) === 0x04034b50
}
