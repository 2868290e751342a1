import type { EvidenceInput, EvidenceState } from '../contract/resources/evidence.ts'
import type { Actor } from './route.ts'

/** An entry that is already there, as much of it as anybody may know. */
export interface KnownEvidence {
  id: number
  indicator: string
  identity: string
  title: string
  state: EvidenceState
}

/** An entry with a title like one that was asked for, whole, for the plugin to compare. */
export interface SimilarEvidence extends Omit<KnownEvidence, 'identity'> {
  identity: string | null
  data: Record<string, unknown>
}

/** What became of one input; `duplicate`: the same thing was entered before (by others, or earlier in the same list). */
export type DraftOutcome =
  { outcome: 'created'; id: number } | { outcome: 'duplicate'; existing: KnownEvidence }

/** Evidence as a plugin may use it: by the same checks and rights as a person's own entry, and only its own kinds. */
export interface EvidenceAccess {
  /**
   * Enters drafts in the name of `actor`, in one transaction; answers one outcome per input, in order. Duplicates are
   * outcomes. Anything else that is wrong with any input (issues with the path `/3/data/doi`) writes none of them:
   * throws `evidence-invalid`, `indicator-not-found` or what the actor may not do.
   */
  createDrafts(actor: Actor, inputs: readonly EvidenceInput[]): Promise<DraftOutcome[]>
  /** Entries of these identities that are not rejected; `indicator` is `<plugin>.<kind>`. Unknown ones are left out. */
  findByIdentity(indicator: string, identities: readonly string[]): Promise<KnownEvidence[]>
  /**
   * Entries that are not rejected whose title has the letters and digits of one of these, whatever their case and the signs
   * between them; for kinds that can recognise a thing by more than its identity. `data` is not for other people's eyes.
   */
  findByTitle(indicator: string, titles: readonly string[]): Promise<SimilarEvidence[]>
}

/** A teacher as far as matching a printed name needs. */
export interface TeacherName {
  id: number
  code: string
  familyName: string
  givenName: string
  patronymic: string | null
  latinName: string | null
  orcid: string | null
}

export interface PeopleAccess {
  /**
   * For each printed name the teachers whose name comes near it in the same script, nearest first, at most 20:
   * candidates for a person or a rule to choose from, never a decision. Ask for both spellings of a name that may be
   * recorded in Cyrillic or Latin.
   */
  searchTeachers(names: readonly string[]): Promise<TeacherName[][]>
  /** All teachers, also those who left, by id: for plugins that compare many names by rules of their own. */
  listTeachers(): Promise<TeacherName[]>
}
