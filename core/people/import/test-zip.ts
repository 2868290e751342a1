import { crc32, deflateRawSync } from 'node:zlib'

interface Part {
  path: string
  content: string
  /** Bytes that the directory claims; default: the truth. */
  claims?: number
}

/** A ZIP archive written by hand, for tests: writers do not lie about sizes, harmful files do. */
export function testZip(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const packed = deflateRawSync(part.content)
    const local = Buffer.concat([localHeader(part, packed), packed])
    locals.push(local)
    directory.push(directoryEntry(part, packed, offset))
    offset += local.length
  }
  const entries = Buffer.concat(directory)
  return Buffer.concat([...locals, entries, endRecord(parts.length, entries.length, offset)])
}

/** Version needed to method, time, date; then check sum and sizes; then the length of the path (APPNOTE.TXT 4.3.7). */
function common({ path, content, claims }: Part, packed: Buffer): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(8, 4)
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(packed.length, 14)
  fields.writeUInt32LE(claims ?? Buffer.byteLength(content), 18)
  fields.writeUInt16LE(Buffer.byteLength(path), 22)
  return fields
}

function localHeader(part: Part, packed: Buffer): Buffer {
  return Buffer.concat([Buffer.from('PK\x03\x04'), common(part, packed), Buffer.from(part.path)])
}

function directoryEntry(part: Part, packed: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(offset, 10)
  return Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00'),
    common(part, packed),
    rest,
    Buffer.from(part.path),
  ])
}

function endRecord(count: number, bytes: number, offset: number): Buffer {
  const record = Buffer.alloc(22)
  record.write('PK\x05\x06')
  record.writeUInt16LE(count, 8)
  record.writeUInt16LE(count, 10)
  record.writeUInt32LE(bytes, 12)
  record.writeUInt32LE(offset, 16)
  return record
}

/** A workbook of one sheet with these rows as XML. */
export function workbookParts(rows: string): Part[] {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  return [
    {
      path: 'xl/workbook.xml',
      content: `<workbook xmlns="${main}" xmlns:r="${relation}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      path: 'xl/worksheets/sheet1.xml',
      content: `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`,
    },
  ]
}
