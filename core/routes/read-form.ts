import type { FastifyRequest } from 'fastify'
import { UstazError } from '../contract/problem.ts'

/** Largest file that a form may carry; kinds of evidence set smaller limits of their own. */
export const maxFileBytes = 64 * 1024 * 1024

export const formLimits = { fileSize: maxFileBytes, files: 1, fields: 20, fieldSize: 64 * 1024, parts: 21 }

/**
 * Reads a form: its text fields become the body, the file under the name "file" the upload.
 * Throws `form-expected`, `form-unreadable`; a file over the limit is refused by the parser.
 */
export async function readForm(request: FastifyRequest): Promise<void> {
  if (!request.isMultipart()) throw new UstazError('form-expected', { status: 415 })
  const fields: Record<string, string> = {}
  for await (const part of request.parts({ limits: formLimits })) {
    if (part.type === 'field') {
      if (part.valueTruncated || part.fieldnameTruncated) throw unreadable()
      fields[part.fieldname] = String(part.value)
    } else {
      const content = await part.toBuffer()
      if (part.fieldname !== 'file') throw unreadable()
      request.upload = { name: part.filename, mediaType: part.mimetype, content }
    }
  }
  request.body = fields
}

const unreadable = () => new UstazError('form-unreadable', { status: 400 })
