/** The steps of an import, in their order, with the part of the work that is done when each begins, 0 to 1. */
export const importStages = { reading: 0.05, comparing: 0.2, writing: 0.45, results: 0.65 } as const
export type ImportStage = keyof typeof importStages
