import type { Kysely, Transaction } from 'kysely'
import type { Page } from '../contract/paging.ts'
import type { EvidenceInput, EvidenceState } from '../contract/resources/evidence.ts'
import type { LocalizedText } from '../contract/text.ts'
import type { Period } from './period.ts'
import type { Actor, Scope } from './route.ts'

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

/** Whose entries: of one teacher, of a unit with all below it, or of the whole university. */
export type EntriesOf = { teacherId: number } | { unitId: number } | 'everybody'

/** Entries dated in one year, by day of the year: 0 is its first day. */
export interface YearCount extends Period {
  /** By the day they are dated. */
  dated: number[]
  /** The same entries by the day they were entered; before the year counts as its first day, one place more holds what came after its end. */
  entered: number[]
}

/** An approved entry of a plugin's own kind with the people in it, for the plugin to learn from. */
export interface ApprovedEntry {
  id: number
  data: Record<string, unknown>
  happenedOn: string | null
  /** In their order; `teacherId` null: nobody of the university. */
  participants: { teacherId: number | null; name: string }[]
}
/** How many approved entries of a kind two teachers both take part in, where they do. */
export interface SharedEntries {
  teacherId: number
  otherId: number
  entries: number
}

/** Evidence as a plugin may use it: by the same checks and rights as a person's own entry, and only its own kinds; of others only counts. */
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
  /** Approved entries of an own kind, newest first, with ids below `before` (null: from the newest). Not for other people's eyes. */
  listApproved(indicator: string, page: { before: number | null; limit: number }): Promise<ApprovedEntry[]>
  /**
   * In how many approved entries of an own kind each of these teachers takes part together with each of the others. As private as the entries:
   * `teacherIds` are those whose entries the asker may see.
   */
  countShared(
    indicator: string,
    teacherIds: readonly number[],
    otherIds: readonly number[],
  ): Promise<SharedEntries[]>
  /**
   * How many entries of any kind, not rejected, are dated in each of these years. Counts of a teacher or unit are as private as their
   * results: whose an asker may see, the caller says.
   */
  countYears(years: readonly Period[], of: EntriesOf): Promise<YearCount[]>
  /** Entries without a date that were begun since a day, by indicator, the most first; likewise. */
  countUndated(since: string, of: EntriesOf): Promise<{ indicator: string; count: number }[]>
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

export interface UnitName {
  id: number
  code: string
  name: LocalizedText
}

export interface PostOfDay {
  teacherId: number
  unitId: number
  unit: LocalizedText
}

/** Mail, also to people who have no account. */
export interface MailAccess<Tables> {
  /** Whether any can be sent: a mail server is set. */
  canSend: boolean
  /** Where people reach the product: origin without a path, for links. */
  address: string
  /**
   * Has a mail sent once `trx` is committed, and not at all where it is rolled back; its text is forgotten as soon as it is sent. false: nothing
   * will be sent, because no mail server is set or something was sent under this key before.
   */
  queue(
    trx: Transaction<Tables>,
    mail: { key: string; to: string; subject: string; text: string },
  ): Promise<boolean>
}

export interface PeopleAccess {
  /**
   * For each printed name the teachers whose name comes near it in the same script, nearest first, at most 20:
   * candidates for a person or a rule to choose from, never a decision. Ask for both spellings of a name that may be
   * recorded in Cyrillic or Latin.
   */
  searchTeachers(names: readonly string[]): Promise<TeacherName[][]>
  /** All units by id. */
  listUnits(): Promise<UnitName[]>
  /** All teachers, also those who left, by id: for plugins that compare many names by rules of their own. */
  listTeachers(): Promise<TeacherName[]>
  /** For each teacher who holds a post on a day (YYYY-MM-DD) the unit of the post that counts: the highest rate, then the one held longest. */
  postsOn(day: string): Promise<PostOfDay[]>
  /** Ids of the teachers whose data a scope reaches: those who hold a post in its units today, and the asker; null: everybody's. */
  teachersIn(scope: Scope): Promise<number[] | null>
}

/** An account as far as choosing and naming a person needs. */
export interface AccountName {
  id: number
  name: string
}

export interface AccountAccess {
  /**
   * Accounts that may do an action at all (however far it reaches), by name. `ids`: only of these; `search`: a part of the name,
   * in any case. Page counts from 1.
   */
  list(filter: {
    action: string
    ids?: readonly number[]
    search?: string
    page: number
    pageSize: number
  }): Promise<Page<AccountName>>
}

/** What is weighed by a version of a regulation, and by what. */
export interface WeighedRegulation {
  id: number
  code: string
  version: string
  title: LocalizedText
  state: 'draft' | 'approved' | 'retired'
  /** sha256 of the document, hex. */
  hash: string
  areas: { id: string; title: LocalizedText }[]
  weighting: { id: string; params: Record<string, unknown> }
}

/** Regulations as a plugin may use them: by the rights of the person it acts for. */
export interface RegulationAccess {
  /** Drafts, newest first, at most 200. Throws `not-allowed` unless the actor may write regulations. */
  listDrafts(actor: Actor): Promise<WeighedRegulation[]>
  /** One version in any state; null: there is none. Throws `not-allowed` unless the actor may read regulations. */
  find(actor: Actor, versionId: number): Promise<WeighedRegulation | null>
  /**
   * Puts a weighting in place of the draft's, whose history says who did it and why. It must be a weighting of the acting plugin, and
   * weigh the draft's areas without fault. `hash`: the document it was made for; another one by now is answered by `regulation-changed`.
   * Throws also `not-allowed`, `regulation-not-found`, `regulation-version-fixed` (not a draft), `regulation-version-used` (a run
   * was computed by it), `weighting-foreign`, `regulation-has-issues` with what is wrong with the parameters.
   */
  setWeighting(actor: Actor, versionId: number, change: WeightingChange): Promise<void>
}
export interface WeightingChange {
  weighting: { id: string; params: Record<string, unknown> }
  hash: string
  reason: string
}

/** An official run that is finished: how a period was rated by a regulation. Days are YYYY-MM-DD, both inclusive. */
export interface OfficialRun {
  id: number
  regulation: { code: string; version: string }
  periodFrom: string
  periodTo: string
  /** sha256 of its results, hex. */
  hash: string
  areas: { id: string; title: LocalizedText }[]
}

/** Somebody who was rated. Points are exact decimals as text. */
export interface RatedTeacher {
  teacherId: number
  /** The unit of the post that counted. */
  unitId: number
  facultyId: number | null
  league: string | null
  /** null: there is none, something was not known or the teacher was left out. */
  total: string | null
  /** Score by area. */
  areas: Record<string, string>
}

/** What one clause of the regulation gave the teachers of a unit together, of those who have a total. */
export interface ClausePoints {
  /** The unit of the post that counted. */
  unitId: number
  facultyId: number | null
  /** null: the clause is about the total. */
  area: string | null
  clause: string
  title: LocalizedText
  /** Exact decimal as text, scale and weight of the area laid on. */
  points: string
}

/**
 * Finished ratings, for plugins that read them and never change them. What is made of them is as private as they are: whose results an
 * asker may see the `scope` of a route with the action `result.read` says, and of which runs `maySee`.
 */
export interface RunAccess {
  /** Of each regulation and period the newest finished official run, oldest period first. */
  listOfficial(): Promise<OfficialRun[]>
  /** Everybody in a run, by teacher. Throws `run-not-found`, `run-not-done`. */
  readResults(runId: number): Promise<RatedTeacher[]>
  /** What each clause gave each unit, by unit, area and clause; together they are the units' totals. Throws the same. */
  readClauses(runId: number): Promise<ClausePoints[]>
  /** Of these runs those that somebody with this scope may see anything of. */
  maySee(runIds: readonly number[], scope: Scope): Promise<number[]>
}

/** One entry as far as a plugin may learn from it: what was entered about the thing, without the people. */
export interface KindRecord {
  id: number
  /** `<plugin>.<kind>` */
  indicator: string
  title: string
  data: Record<string, unknown>
  /** How many took part. */
  participants: number
}
export interface RecordToJudge extends KindRecord {
  state: EvidenceState
  /**
   * Entries of the same kind and calendar year that are not rejected, of the one of its teachers who has most; null: it has no date or no
   * teacher.
   */
  mostInYear: number | null
}

/** Evidence of all kinds of all running plugins, for plugins that learn from what was approved. */
export interface RecordAccess {
  /** Kinds with the JSON Schema of their form. */
  listKinds(): { indicator: string; schema: Record<string, unknown> }[]
  /** Approved entries, newest first, with ids below `before` (null: from the newest). */
  listApproved(page: { before: number | null; limit: number }): Promise<KindRecord[]>
  /** How many times a teacher had so many approved entries of a kind in a calendar year. */
  countByYear(): Promise<{ indicator: string; entries: number; times: number }[]>
  /** One entry that the actor may read; throws `evidence-not-found`, also for what exists and is none of the actor's business. */
  read(actor: Actor, id: number): Promise<RecordToJudge>
}

export interface JobAccess<Tables> {
  /**
   * Asks for one of the plugin's own jobs. `trx`: in this transaction; `key`: while a job with the same key waits, none is added;
   * `afterSeconds`: not sooner. Throws if the plugin has no such job.
   */
  send(
    job: string,
    data: Record<string, unknown>,
    options?: { trx?: Kysely<Tables>; key?: string; afterSeconds?: number },
  ): Promise<void>
}
