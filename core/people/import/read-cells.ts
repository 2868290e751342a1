import { Worker } from 'node:worker_threads'
import { UstazError } from '../../contract/problem.ts'
import { checkSize, isZip, limits, tooLarge } from './cells.ts'
import type { Cells } from './cells.ts'
import { readCsv } from './read-csv.ts'
import type { TableAnswer } from './table-worker.ts'

const xlsMark = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])

/**
 * Reads a table from CSV, XLSX or ODS, told apart by content; what is large or packed in a thread of its own with bounds of memory and
 * time, so that a file made to harm ends the thread and not the server. Throws `import-...` problems with what to do.
 */
export async function readCells(content: Buffer): Promise<Cells> {
  if (content.length < 4) throw new UstazError('import-file-empty', { status: 422 })
  if (content.length > limits.bytes) throw tooLarge()
  if (content.subarray(0, 4).equals(xlsMark)) throw new UstazError('import-file-xls', { status: 415 })
  if (!isZip(content) && content.length <= limits.smallCsvBytes) return checkSize(readCsv(content))
  const answer = await askThread(content)
  if ('cells' in answer) return answer.cells
  const { code, status, params } = answer.problem
  throw new UstazError(code, { status, params })
}

async function askThread(content: Buffer): Promise<TableAnswer> {
  const worker = new Worker(new URL('./table-worker.ts', import.meta.url), {
    workerData: new Uint8Array(content),
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
    execArgv: [],
  })
  const { promise, resolve, reject } = Promise.withResolvers<TableAnswer>()
  const timer = setTimeout(() => {
    reject(tooLarge())
  }, limits.seconds * 1000)
  worker.once('message', resolve)
  worker.once('error', (error: NodeJS.ErrnoException) => {
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge(error) : error)
  })
  return await promise.finally(async () => {
    clearTimeout(timer)
    await worker.terminate()
  })
}
