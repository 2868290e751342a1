import { parentPort, workerData } from 'node:worker_threads'
import { UstazError } from '../../contract/problem.ts'
import type { ProblemParams } from '../../contract/problem.ts'
import { limits, tooLarge } from './cells.ts'
import type { Cells } from './cells.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'

/** What the thread answers. */
export type TableAnswer =
  { cells: Cells } | { problem: { code: string; status: number; params: ProblemParams } }

async function read(content: Buffer): Promise<Cells> {
  const cells = content.readUInt32LE(0) === 0x04034b50 ? await readXlsx(content) : readCsv(content)
  const isLarge = cells.rows.length > limits.rows || cells.rows.some((row) => row.length > limits.columns)
  if (isLarge) throw tooLarge()
  return cells
}

async function answer(): Promise<TableAnswer> {
  try {
    return { cells: await read(Buffer.from(workerData as Uint8Array)) }
  } catch (error) {
    if (!(error instanceof UstazError)) throw error
    return { problem: { code: error.code, status: error.status, params: error.params } }
  }
}

parentPort?.postMessage(await answer())
