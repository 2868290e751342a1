/** What tells one candidate from another, a number for each feature of the matching in its order; null: not known, which is not 0. */
export type MatchFeatures = readonly (number | null)[]

/** A question that people answered, with the candidates that the search finds for it, in the order it finds them. At most one is right. */
export interface MatchExample {
  /** What it was about; decides what is held out, the same each time. */
  key: string
  candidates: readonly { features: MatchFeatures; right: boolean }[]
}

export interface Judgement {
  /** How likely each candidate is right, 0 to 1, in their order; of those with the same probability so many were right on what was held out. */
  probabilities: number[]
  /** From which probability on it is worth a suggestion. */
  threshold: number
}

export const suggestionAnswers = ['shown', 'taken', 'declined'] as const

export type SuggestionAnswer = (typeof suggestionAnswers)[number]

export interface AnsweredSuggestions {
  task: string
  answer: SuggestionAnswer
  /** How many at once. */
  count: number
}

/** A matching as the learner sees it; `id` is `<plugin>.<id>`, or `core.copies`. */
export interface HostedMatching {
  id: string
  features: readonly string[]
  examples(signal: AbortSignal): Promise<MatchExample[]>
}

export interface MatchingAccess {
  /** All matchings of running plugins and of core. */
  list(): HostedMatching[]
  /** Asks the plugin that learns about candidates of one or many questions. null: there is none, or what `Learner.judge` says. */
  judge(matching: string, candidates: readonly MatchFeatures[]): Promise<Judgement | null>
  /** Counts what became of suggestions, where a plugin learns. */
  count(answered: AnsweredSuggestions): Promise<void>
}
