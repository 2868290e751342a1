import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { detectMediaType } from './media-type.ts'

const mediaTypeOf = async (content: Buffer) => (await detectMediaType(content))?.mediaType ?? null
const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
/** PNG specification, 5.2: the signature, then the header of a 1 x 1 image. */
const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex')

/** A zip with one stored, unchecked entry: enough for an office format, which is told by its parts. */
function zipOf(name: string, content: string): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt32LE(content.length, 18)
  header.writeUInt32LE(content.length, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, Buffer.from(name), Buffer.from(content)])
}

/** Compound file: the signature and the name of the stream that holds the text. */
const compound = (stream: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(stream, 'utf16le')])

test('files are told by their content', async () => {
  expect(await mediaTypeOf(pdf)).toBe('application/pdf')
  expect(await mediaTypeOf(png)).toBe('image/png')
  expect(await mediaTypeOf(Buffer.from('ffd8ffe000104a46494600', 'hex'))).toBe('image/jpeg')
})

test('office formats are told apart, old and new', async () => {
  const odt = zipOf('mimetype', 'application/vnd.oasis.opendocument.text')
  expect(await mediaTypeOf(odt)).toBe('application/vnd.oasis.opendocument.text')
  const types = `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
  expect(await mediaTypeOf(zipOf('[Content_Types].xml', types))).toBe(
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  )
  expect(await mediaTypeOf(compound('WordDocument'))).toBe('application/msword')
  expect(await mediaTypeOf(compound('Workbook'))).toBe('application/vnd.ms-excel')
  expect(await mediaTypeOf(compound('Installer'))).toBeNull()
})

test('a page or a script is plain text, never a type that a browser would run', async () => {
  for (const content of [
    '<!doctype html><script>alert(1)</script>',
    '<?xml version="1.0"?><svg/>',
    'кітап, ә',
  ]) {
    expect(await mediaTypeOf(Buffer.from(content))).toBe('text/plain')
  }
})

test('programs, nothing, and bytes that are no text are not taken for text', async () => {
  expect(await mediaTypeOf(Buffer.from('4d5a9000030000000400', 'hex'))).toBe('application/x-msdownload')
  expect(await mediaTypeOf(Buffer.alloc(0))).toBeNull()
  expect(await mediaTypeOf(Buffer.from([0xff, 0xc3, 0x28]))).toBeNull()
  expect(await mediaTypeOf(Buffer.from('a\0b'))).toBeNull()
})

/** 200 MB of zeros as the part by which an office format is told, in 0.2 MB. */
function bombOf(): Buffer {
  const name = '[Content_Types].xml'
  const deflated = deflateRawSync(Buffer.alloc(200_000_000))
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(8, 8)
  header.writeUInt32LE(deflated.length, 18)
  header.writeUInt32LE(200_000_000, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, Buffer.from(name), deflated])
}

test('an archive that would fill the memory is not unpacked', async () => {
  const bomb = bombOf()
  const before = process.memoryUsage().rss
  expect(await mediaTypeOf(bomb)).toBe('application/zip')
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

test('a page that hides in front of or behind another format is what its beginning says', async () => {
  const page = '<script>alert(1)</script>'
  expect(await mediaTypeOf(Buffer.concat([pdf, Buffer.from(page)]))).toBe('application/pdf')
  expect(await mediaTypeOf(Buffer.from(`${page}\n%PDF-1.7`))).toBe('text/plain')
  expect(await mediaTypeOf(Buffer.from(`GIF89a/*${page}*/=1;`))).toBe('image/gif')
})
