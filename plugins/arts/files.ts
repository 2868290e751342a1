/** Scanned documents: PDF or pictures, at least one, up to 10 MB each. */
export const scans = {
  required: true,
  maxBytes: 10_000_000,
  mediaTypes: ['application/pdf', 'image/jpeg', 'image/png'],
} as const
