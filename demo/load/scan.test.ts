import { expect, test } from 'vitest'
import { detectMediaType } from '../../core/evidence/media-type.ts'
import { drawScan } from './scan.ts'

test('a scan is a PDF by its content, the same every time', async () => {
  expect(await detectMediaType(drawScan('research.project'))).toMatchObject({ mediaType: 'application/pdf' })
  expect(drawScan('research.project')).toEqual(drawScan('research.project'))
})

test('the table at its end says where each object begins', () => {
  const file = drawScan('research.project').toString('latin1')
  const starts = [...file.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, start]) => Number(start))
  expect(starts).toHaveLength(5)
  for (const [i, start] of starts.entries()) expect(file.slice(start).startsWith(`${i + 1} 0 obj`)).toBe(true)
  const table = Number(/startxref\n(\d+)/.exec(file)?.[1])
  expect(file.slice(table).startsWith('xref')).toBe(true)
})
