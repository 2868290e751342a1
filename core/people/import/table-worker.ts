import { parentPort, workerData } from 'node:worker_threads'
import { UstazError } from '../../contract/problem.ts'
import type { ProblemParams } from '../../contract/problem.ts'
import { checkSize, isZip } from './cells.ts'
import type { Cells } from './cells.ts'
import { readZipDirectory } from './zip-directory.ts'

/** What the thread answers. */
export type TableAnswer =
  { cells: Cells } | { problem: { code: string; status: number; params: ProblemParams } }

async function read(content: Buffer): Promise<Cells> {
  // Each reader is loaded only where it is needed: a thread starts the sooner.
  if (!isZip(content)) return checkSize((await import('./read-csv.ts')).readCsv(content))
  if (isOpenDocument(content)) return checkSize((await import('./read-ods.ts')).readOds(content))
  const { readXlsx } = await import('./read-xlsx.ts')
  return checkSize(await readXlsx(content))
}

const isOpenDocument = (archive: Buffer) =>
  readZipDirectory(archive)?.some(({ path }) => path === 'content.xml') ?? false

async function answer(): Promise<TableAnswer> {
  try {
    return { cells: await read(Buffer.from(workerData as Uint8Array)) }
  } catch (error) {
    if (!(error instanceof UstazError)) throw error
    return { problem: { code: error.code, status: error.status, params: error.params } }
  }
}

parentPort?.postMessage(await answer())
