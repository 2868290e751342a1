/** Scanned documents or pictures, up to 20 MB each; `required` is each kind's own decision. */
export const scans = {
  maxBytes: 20_000_000,
  mediaTypes: ['application/pdf', 'image/jpeg', 'image/png'],
} as const
