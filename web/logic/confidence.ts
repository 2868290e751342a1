export type ConfidenceWord = 'certain' | 'veryLikely' | 'likely' | 'possible' | 'unlikely'

/** A probability (0 to 1) in words. */
export function confidenceWord(probability: number): ConfidenceWord {
  if (probability >= 0.95) return 'certain'
  if (probability >= 0.8) return 'veryLikely'
  if (probability >= 0.6) return 'likely'
  return probability >= 0.3 ? 'possible' : 'unlikely'
}

/** Whole per cent, cut and not rounded; 1 to 99, because nothing that was learned is certain. */
export function confidencePercent(probability: number): number {
  return Math.min(99, Math.max(1, Math.floor(probability * 100)))
}
