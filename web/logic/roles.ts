/** The roles of core/access/rights.ts, in the order in which they are shown. */
export const roles = [
  'office',
  'management',
  'dean',
  'head',
  'verifier',
  'teacher',
  'administrator',
  'technician',
] as const
