import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deleteUnusedFiles } from './delete-unused-files.ts'
import { createTestEvidence, onePagePdf, workOf } from './test-evidence.ts'
import type { TestEvidence } from './test-evidence.ts'
import { findBroken, person } from './test-university.ts'

let evidence: TestEvidence
beforeAll(async () => {
  evidence = await createTestEvidence()
})
afterAll(async () => {
  expect(await findBroken(evidence.context.db)).toEqual([])
  await evidence.close()
})

const enter = async () =>
  (await evidence.ask('aigul', 'POST', '/evidence', workOf(evidence.university))).body.id
/** The limit of the test kind is 2000 bytes. */
const pdfOf = (bytes: number) => Buffer.concat([onePagePdf, Buffer.alloc(bytes - onePagePdf.length, '\n')])

test('a file is kept with what it is by its content, and given back byte by byte as something to save', async () => {
  const { upload, ask } = evidence
  const id = await enter()
  const { body } = await upload('aigul', id, { name: '../Мақала «соңғы».pdf', content: onePagePdf })
  expect(body.files).toMatchObject([
    { name: 'Мақала «соңғы».pdf', mediaType: 'application/pdf', bytes: onePagePdf.length },
  ])
  const answer = await ask('aigul', 'GET', `/evidence/${id}/files/${body.files[0]?.id}`)
  expect(answer.raw.equals(onePagePdf)).toBe(true)
  expect(answer.headers['content-type']).toBe('application/octet-stream')
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect(answer.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
  const disposition = String(answer.headers['content-disposition'])
  expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''/)
  expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe('Мақала «соңғы».pdf')
})

test('a file as large as allowed is kept, one byte more is refused', async () => {
  const { upload } = evidence
  const id = await enter()
  expect((await upload('aigul', id, { name: 'a.pdf', content: pdfOf(2000) })).status).toBe(200)
  const refused = await upload('aigul', id, { name: 'b.pdf', content: pdfOf(2001) })
  expect([refused.status, refused.body.code, refused.body.params['maxBytes']]).toEqual([
    413,
    'evidence-file-too-large',
    2000,
  ])
})

test('what a file is called does not make it what it is not', async () => {
  const { upload } = evidence
  const id = await enter()
  const program = Buffer.from('4d5a9000030000000400', 'hex')
  const refusals = [
    await upload('aigul', id, { name: 'a.pdf', content: program }),
    await upload('aigul', id, {
      name: 'a.pdf',
      content: Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'),
    }),
    await upload('aigul', id, { name: 'a.pdf', content: '' }),
  ]
  expect(refusals.map(({ status, body: { code } }) => `${status} ${code}`)).toEqual([
    '415 file-type',
    '415 file-type',
    '400 file-empty',
  ])
  const renamed = await upload('aigul', id, { name: 'start.bat', content: 'format c:' })
  expect(renamed.body.files).toMatchObject([{ name: 'start.bat.txt', mediaType: 'text/plain' }])
})

test('a form without a file is refused', async () => {
  const id = await enter()
  const answer = await evidence.app.inject({
    method: 'POST',
    url: `/api/evidence/${id}/files`,
    headers: {
      'x-ustaz-account': String(evidence.university.accounts.aigul),
      'content-type': 'multipart/form-data; boundary=b',
    },
    payload: '--b\r\ncontent-disposition: form-data; name="note"\r\n\r\nx\r\n--b--\r\n',
  })
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'file-expected'])
})

test('the same content attached twice is one file, and no change', async () => {
  const { upload } = evidence
  const id = await enter()
  const first = await upload('aigul', id, { name: 'a.pdf', content: onePagePdf })
  const second = await upload('aigul', id, { name: 'b.pdf', content: onePagePdf })
  expect(second.body).toMatchObject({ revision: first.body.revision, files: first.body.files })
})

test('files belong to the draft: what is submitted keeps them as they are', async () => {
  const { upload, ask, move } = evidence
  const id = await enter()
  const { body } = await upload('aigul', id, { name: 'a.pdf', content: onePagePdf })
  await move('aigul', id, 'submit')
  const path = `/evidence/${id}/files/${body.files[0]?.id}`
  expect((await ask('aigul', 'DELETE', path)).body.code).toBe('evidence-state')
  expect((await upload('aigul', id, { name: 'b.txt', content: 'b' })).body.code).toBe('evidence-state')
  await move('head', id, 'return', 'another file, please')
  const detached = await ask('aigul', 'DELETE', path)
  expect(detached.body.files).toEqual([])
  expect(detached.body.missing.map(({ code }) => code)).toEqual(['file-missing'])
  expect((await ask('aigul', 'DELETE', path)).body.code).toBe('file-not-found')
})

test('a file of another entry is not reached through one of mine', async () => {
  const { upload, ask } = evidence
  const [mine, other] = [await enter(), await enter()]
  const { body } = await upload('aigul', other, { name: 'a.pdf', content: onePagePdf })
  expect((await ask('aigul', 'GET', `/evidence/${mine}/files/${body.files[0]?.id}`)).body.code).toBe(
    'file-not-found',
  )
})

test('an entry takes 20 files', async () => {
  const { upload } = evidence
  const id = await enter()
  for (let i = 1; i <= 20; i++) await upload('aigul', id, { name: `${i}.txt`, content: `text ${i}` })
  expect((await upload('aigul', id, { name: '21.txt', content: 'text 21' })).body.code).toBe('files-too-many')
})

test('contents that no entry names any more are deleted, those in use are not', async () => {
  const { upload, ask, context } = evidence
  const tomorrow = () => new Date(Date.now() + 25 * 60 * 60 * 1000)
  await deleteUnusedFiles({ ...context, now: tomorrow })
  const id = await enter()
  await upload('aigul', id, { name: 'kept.txt', content: 'kept' })
  const { body } = await upload('aigul', id, { name: 'unused.txt', content: 'unused' })
  const [kept, unused] = body.files
  await ask('aigul', 'DELETE', `/evidence/${id}/files/${unused?.id}`)
  expect(await deleteUnusedFiles({ ...context, now: () => new Date() })).toBe(0)
  expect(await deleteUnusedFiles({ ...context, now: tomorrow })).toBe(1)
  expect([
    await context.files.has(kept?.sha256 ?? ''),
    await context.files.has(unused?.sha256 ?? ''),
  ]).toEqual([true, false])
})

test('a content that was lost is told, not answered as an empty file', async () => {
  const { upload, ask, context } = evidence
  const id = await enter()
  const { body } = await upload('aigul', id, { name: 'lost.txt', content: 'lost' })
  const { id: fileId, sha256 = '' } = body.files[0] ?? {}
  await rm(join(context.config.dataDir, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256))
  const answer = await ask('aigul', 'GET', `/evidence/${id}/files/${fileId}`)
  expect([answer.status, answer.body.code]).toEqual([500, 'file-lost'])
})

test('pages, drawings with scripts and animations under the name of a PDF are refused; a PDF with a page behind it is only saved', async () => {
  const { upload, ask } = evidence
  const id = await enter()
  const talk = workOf(evidence.university, {
    indicator: 'test.talk',
    data: { name: 'T' },
    participants: [person('A', { teacherId: evidence.university.teachers.aigul })],
  })
  const onlyPdf = (await ask('aigul', 'POST', '/evidence', talk)).body.id
  const page = '<html><script>alert(1)</script></html>'
  const disguised = [
    page,
    `<svg xmlns="http://www.w3.org/2000/svg">${page}</svg>`,
    `GIF89a/*${page}*/`,
    `${page}%PDF-1.4`,
  ]
  for (const content of disguised) {
    const refused = await upload('aigul', onlyPdf, { name: 'a.pdf', content })
    expect([refused.status, refused.body.code]).toEqual([415, 'file-type'])
  }
  const polyglot = Buffer.concat([onePagePdf, Buffer.from(page)])
  const { body } = await upload('aigul', id, { name: 'a.html', content: polyglot })
  expect(body.files).toMatchObject([{ name: 'a.html.pdf', mediaType: 'application/pdf' }])
  const answer = await ask('aigul', 'GET', `/evidence/${id}/files/${body.files[0]?.id}`)
  expect(answer.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringMatching(/^attachment;/) as string,
    'content-security-policy': "default-src 'none'; sandbox",
  })
})

test('a body beyond what any form may carry is cut off with words', async () => {
  const id = await enter()
  const answer = await evidence.upload('aigul', id, {
    name: 'a.pdf',
    content: Buffer.alloc(64 * 1024 * 1024 + 1, '%PDF-'),
  })
  expect([answer.status, answer.body.code]).toEqual([413, 'file-too-large'])
})
