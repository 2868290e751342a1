import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanByClamd } from './clamd.ts'
import { startTestClamd } from './test-clamd.ts'
import { createTestEvidence, onePagePdf, workOf } from './test-evidence.ts'
import type { TestEvidence } from './test-evidence.ts'

let evidence: TestEvidence
beforeAll(async () => {
  evidence = await createTestEvidence()
})
afterAll(async () => await evidence.close())

const enter = async () =>
  (await evidence.ask('aigul', 'POST', '/evidence', workOf(evidence.university))).body.id
const infected = Buffer.concat([onePagePdf, Buffer.from('EICAR')])

async function withScanner(
  how: Parameters<typeof startTestClamd>[0],
  work: () => Promise<void>,
): Promise<Buffer[]> {
  const clamd = await startTestClamd(how)
  const { config } = evidence.context
  config.clamdUrl = clamd.address
  try {
    await work()
  } finally {
    config.clamdUrl = null
    await clamd.close()
  }
  return clamd.scanned
}

test('without a scanner a file says that it is not scanned', async () => {
  const { body } = await evidence.upload('aigul', await enter(), { name: 'a.pdf', content: infected })
  expect(body.files.map(({ scannedAt }) => scannedAt)).toEqual([null])
})

test('with one a file is kept only when it was found clean, byte by byte', async () => {
  const id = await enter()
  const scanned = await withScanner({}, async () => {
    const clean = await evidence.upload('aigul', id, { name: 'a.pdf', content: onePagePdf })
    expect(clean.body.files[0]?.scannedAt).not.toBeNull()
    const refused = await evidence.upload('aigul', id, { name: 'b.pdf', content: infected })
    expect([refused.status, refused.body.code, refused.body.params]).toEqual([
      422,
      'file-infected',
      { name: 'b.pdf', found: 'Test-Signature' },
    ])
  })
  expect(scanned.map((content) => content.equals(onePagePdf))).toEqual([true, false])
  const { body } = await evidence.ask('aigul', 'GET', `/evidence/${id}`)
  expect(body.files.map(({ name }) => name)).toEqual(['a.pdf'])
})

test('a scanner that breaks off, hangs up or is not there keeps every file out', async () => {
  const id = await enter()
  const upload = async () => {
    const { status, body } = await evidence.upload('aigul', id, { name: 'a.pdf', content: onePagePdf })
    expect([status, body.code]).toEqual([503, 'scan-unavailable'])
  }
  await withScanner({ limit: 10 }, upload)
  await withScanner({ broken: true }, upload)
  const gone = await startTestClamd()
  await gone.close()
  evidence.context.config.clamdUrl = gone.address
  await upload()
  evidence.context.config.clamdUrl = null
  expect((await evidence.ask('aigul', 'GET', `/evidence/${id}`)).body.files).toEqual([])
})

test('a file that came before there was a scanner is scanned before it is given out', async () => {
  const id = await enter()
  const before = await evidence.upload('aigul', id, { name: 'a.pdf', content: onePagePdf })
  const worse = await evidence.upload('aigul', id, { name: 'b.pdf', content: infected })
  const path = (fileId: number | undefined) => `/evidence/${id}/files/${fileId}`
  await withScanner({}, async () => {
    const given = await evidence.ask('aigul', 'GET', path(before.body.files[0]?.id))
    expect(given.raw.equals(onePagePdf)).toBe(true)
    const refused = await evidence.ask('aigul', 'GET', path(worse.body.files[1]?.id))
    expect([refused.status, refused.body.code]).toEqual([422, 'file-infected'])
  })
  const { body } = await evidence.ask('aigul', 'GET', `/evidence/${id}`)
  expect(body.files.map(({ scannedAt }) => scannedAt !== null)).toEqual([true, false])
})

test('10 MB go through in chunks', async () => {
  const clamd = await startTestClamd()
  const large = Buffer.alloc(10_000_000, 'x')
  expect(await scanByClamd(clamd.address, large)).toBeNull()
  expect(clamd.scanned[0]?.equals(large)).toBe(true)
  await clamd.close()
})
