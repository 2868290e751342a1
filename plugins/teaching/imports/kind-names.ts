/** Tables that are brought, in this order: each names what the ones before it made. */
export const importKinds = ['courses', 'groups', 'teachers', 'grades'] as const
export type ImportKind = (typeof importKinds)[number]
