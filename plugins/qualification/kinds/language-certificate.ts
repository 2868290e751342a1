import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { optionalLine } from '../fields.ts'
import { scans } from '../files.ts'

/** A certificate of English. The scales differ: IELTS 0-9, TOEFL iBT 0-120, TOEFL ITP 310-677. */
export const languageCertificate = defineEvidenceKind({
  kind: 'language-certificate',
  unit: 'item',
  schema: z.object({
    exam: z.enum(['ielts', 'toefl-ibt', 'toefl-itp']),
    score: z.number().min(0).max(677),
    number: optionalLine.describe('number of the certificate'),
  }),
  title: ({ exam, score }) => `${exam} ${score}`,
  identity: ({ exam, number }) => (number === null ? null : `${exam} ${number}`),
  roles: [],
  participants: 'one',
  lasting: true,
  files: scans,
})
