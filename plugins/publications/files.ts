/** Scans that may be attached where no address leads to the thing itself: up to 20 MB each. */
export const optionalScans = {
  required: false,
  maxBytes: 20_000_000,
  mediaTypes: ['application/pdf', 'image/jpeg', 'image/png'],
} as const
