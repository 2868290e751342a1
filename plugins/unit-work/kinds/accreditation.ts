import { defineEvidenceKind } from '@ustaz/core/plugin'
import { z } from 'zod'
import { line, location } from '../fields.ts'
import { scans } from '../files.ts'

/** An educational programme of the unit accredited by an agency, one certificate. */
export const accreditation = defineEvidenceKind({
  kind: 'accreditation',
  unit: 'item',
  schema: z.object({
    programme: line,
    agency: line,
    agencyLocation: location,
    certificate: line.describe('number of the certificate'),
  }),
  title: ({ programme, agency }) => `${programme} (${agency})`,
  identity: ({ agency, certificate }) => `${agency} ${certificate}`,
  roles: [],
  participants: 'many',
  files: scans,
})
