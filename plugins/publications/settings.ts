import { z } from 'zod'

/** How DOIs are looked up; kept in PostgreSQL, changed by the administrator. */
export const settingsSchema = z.object({
  lookUp: z.boolean().default(true).describe('off: the installation never asks Crossref'),
  mailto: z
    .email()
    .nullable()
    .default(null)
    .describe('address of who runs this installation, as Crossref asks of polite clients'),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.crossref.org')
    .describe('Crossref itself or a mirror within the university'),
  timeoutSeconds: z.int().min(1).max(30).default(8),
})
export type Settings = z.output<typeof settingsSchema>
