import type { PluginContext } from './context.ts'
import type { MatchFeatures, MatchExample, Judgement, AnsweredSuggestions } from './matching-access.ts'

/**
 * Something that people decide again and again: which of a few candidates is meant (the teacher by a printed name, the journal by a title). It is
 * told by numbers only: nothing of persons is kept of what was learned.
 */
export interface Matching<Tables> {
  /** Permanent: lower case, digits, hyphens. Its text is `matchings.<id>.name`. */
  id: string
  /** Names of the features. The first is what a plain rule makes of a candidate, 0 to 1, more is likelier, 0.5 and more is suggested by it. */
  features: readonly ['rule', ...string[]]
  /** What was decided, of approved records, the newest first. `signal` ends it early. */
  examples(context: PluginContext<Tables>, signal: AbortSignal): Promise<MatchExample[]>
}

/** What a plugin that learns does for all others. Of several the first in the list is asked. */
export interface Learner<Tables> {
  /** null: nothing was learned of this matching, or it is no better than the rule, which then remains. */
  judge(
    context: PluginContext<Tables>,
    matching: string,
    candidates: readonly MatchFeatures[],
  ): Promise<Judgement | null>
  /** Counts what became of suggestions, by whomever. `task`: a matching, or what the learner itself names so; others are not counted. */
  count(context: PluginContext<Tables>, answered: AnsweredSuggestions): Promise<void>
}
