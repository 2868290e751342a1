import { fileTypeFromBuffer } from 'file-type'

export interface MediaType {
  mediaType: string
  /** Endings a name of this type may have; the first is given to a name that has none of them. */
  extensions: readonly string[]
}

const text: MediaType = {
  mediaType: 'text/plain',
  extensions: ['txt', 'csv', 'tsv', 'md', 'bib', 'ris', 'json', 'xml'],
}
const aliases: Record<string, readonly string[]> = { jpg: ['jpg', 'jpeg'], tif: ['tif', 'tiff'] }

/** The parts that tell Microsoft's old formats apart: names of streams, written in UTF-16. */
const compoundFiles: readonly (MediaType & { stream: string })[] = [
  { stream: 'WordDocument', mediaType: 'application/msword', extensions: ['doc'] },
  { stream: 'PowerPoint Document', mediaType: 'application/vnd.ms-powerpoint', extensions: ['ppt'] },
  { stream: 'Workbook', mediaType: 'application/vnd.ms-excel', extensions: ['xls'] },
]

/**
 * What a file is by its content alone: name and what the browser claims are not asked. Text in UTF-8 is `text/plain`,
 * whatever it says. null: nothing that is known.
 */
export async function detectMediaType(content: Buffer): Promise<MediaType | null> {
  const found = await fileTypeFromBuffer(content)
  if (!found) return isText(content) ? text : null
  if (found.mime === 'application/x-cfb') return compoundFileType(content)
  if (found.mime === 'application/xml') return text
  return { mediaType: found.mime, extensions: aliases[found.ext] ?? [found.ext] }
}

function compoundFileType(content: Buffer): MediaType | null {
  return compoundFiles.find(({ stream }) => content.includes(Buffer.from(stream, 'utf16le'))) ?? null
}

function isText(content: Buffer): boolean {
  if (content.length === 0) return false
  try {
    return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(new TextDecoder('utf-8', { fatal: true }).decode(content))
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
