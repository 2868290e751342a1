import { z } from 'zod'

/**
 * An export file is gzip over lines of JSON, in this order: one object that begins it, one for the regulation, one for the row of
 * the snapshot and one for that of the run; then for each table an object that names it and its columns, followed by an array
 * for each row, its values as PostgreSQL writes them as text (null: no value); at last one object that ends it.
 */
export const formatName = 'ustaz-run'
/** Raised when a reader of the older form would misread the file. */
export const formatVersion = 1

export const beginSchema = z.object({
  format: z.literal(formatName),
  formatVersion: z.int(),
  product: z.object({ name: z.string(), version: z.string() }),
  /** What was installed when the file was made. */
  plugins: z.array(z.object({ id: z.string(), version: z.string() })),
  exportedAt: z.iso.datetime(),
  /** Says whom the file must not come to. */
  personalData: z.string(),
})
export type Begin = z.infer<typeof beginSchema>

export const regulationSchema = z.object({
  regulation: z.object({
    code: z.string(),
    version: z.string(),
    hash: z.string(),
    document: z.record(z.string(), z.unknown()),
  }),
})
const row = z.record(z.string(), z.unknown())
export const snapshotSchema = z.object({ snapshot: row })
export const runSchema = z.object({ run: row })

export const tableSchema = z.object({
  table: z.string(),
  columns: z.array(z.string()),
})

export const endSchema = z.object({
  end: z.object({
    rows: z.record(z.string(), z.int()),
    /** Over all bytes before this line, unpacked; hex. It finds damage; forgery is found by the hashes of the product. */
    sha256: z.string(),
  }),
})
