import type { Compilable, Kysely, RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { AuditRules } from './audit-rules.ts'
import type { DeviceRights } from './broker.ts'
import type { PluginContext } from './context.ts'
import type { PluginJob } from './job.ts'
import type { Learner, Matching } from './matching.ts'
import type { Period } from './period.ts'
import type { PersonalData } from './personal-data.ts'
import type { PointsFunction } from './points-function.ts'
import type { RouteHandler } from './route.ts'
import type { Weighting } from './weighting.ts'

/** Texts by key; keys are nested objects, leaves are messages with {placeholders}. */
export interface Messages {
  [key: string]: string | Messages
}

/** One countable row about one teacher, as a query of a plugin gives it. */
export interface FactRow {
  teacher_id: number
  happened_on: string
  /** Exact decimal as text. */
  quantity: string
  /** Attributes as the indicator's schema says, as a JSON object. */
  attributes: unknown
}
/**
 * What is measured with an error: name of a value -> name of the attribute that holds the standard deviation of its error, in the unit of the
 * value (a survey's mean -> its standard error). It is said how certain an order is by it; points do not change. Values not named are exact.
 */
export type DeclaredErrors = Readonly<Record<string, string>>

/** What an evidence kind adds to the facts of one evidence. */
export interface EnrichRow {
  evidence_id: number
  attributes: unknown
}
type QueryOf<Row> = Compilable<Row> | RawBuilder<Row>

/**
 * A thing teachers do and enter as evidence. Core gives the form (drawn from `schema`), files, participants,
 * approval and history; approved evidence is at once the indicator `<plugin>.<kind>`: one fact for each affiliated
 * participant who is a teacher, quantity 1, attributes = the evidence's data.
 */
export interface EvidenceKind<Tables, Schema extends z.ZodObject = z.ZodObject> {
  /** Permanent id within the plugin: lower case, digits, hyphens. */
  kind: string
  /** item, person, event, percent, ... : what one fact is counted in. */
  unit: string
  /**
   * Draws the form and checks the data. What it gives out is stored and read through it again, so its output must be
   * valid input with the same meaning (trimming and defaults are fine, turning text into a Date is not). A field with
   * `.meta({ hidden: true })` is kept and counted, and not asked for in the form: it comes from imports.
   */
  schema: Schema
  /** How an entry is called in lists. For a draft with gaps it is asked too; it has no answer if it reads a missing field. */
  title(data: z.output<Schema>): string
  /** What makes two entries the same thing; null: cannot be told from the data. Asked of drafts like `title`. */
  identity(data: z.output<Schema>): string | null
  /**
   * Whether two whole entries are of one thing although their identities differ (one has a DOI, the other was typed without);
   * asked where their titles agree. `perhaps`: a person must say. Absent: only identities tell.
   */
  compare?(a: z.output<Schema>, b: z.output<Schema>): 'same' | 'perhaps' | 'different'
  /** Roles a participant may have; the first is proposed. Empty: no roles. */
  roles: readonly string[]
  /** one: evidence about a single teacher. many: co-authors and other participants can be listed. */
  participants: 'one' | 'many'
  /** A state that lasts (a certificate, a membership) rather than a thing done; the linter of regulations asks how often it counts. */
  lasting?: boolean
  files: { required: boolean; maxBytes: number; mediaTypes: readonly string[] }
  /**
   * Attributes that do not come from the form but from the plugin's tables (a journal's quartile of the year), for all
   * evidence at once. `evidence` is a subquery with columns evidence_id, happened_on, data.
   * `enrichedAttributes` names and describes what is added.
   */
  enrich?(source: { db: Kysely<Tables>; evidence: RawBuilder<unknown> }): QueryOf<EnrichRow>
  enrichedAttributes?: z.ZodObject
  errors?: DeclaredErrors
}

/** A kind of fact that comes from the plugin's own tables. */
export interface Indicator<Tables> {
  id: string
  unit: string
  /** Whether more is better; for comparison screens, not for points. */
  better: 'higher' | 'lower'
  attributes: z.ZodObject
  errors?: DeclaredErrors
  /** One query that answers for all teachers of the period; core turns it into insert ... select. */
  facts(source: { db: Kysely<Tables>; period: Period }): QueryOf<FactRow>
}

/** A plugin: a declarative object, every part but `id` and `messages` optional. */
export interface Plugin<Tables = Record<string, never>> {
  /** Permanent: lower case letters, digits, hyphens. Its schema in PostgreSQL is plugin_<id>. */
  id: string
  version: string
  messages: { kk: Messages; ru: Messages; en: Messages }
  /** Folder of numbered .sql files; they run in the plugin's own schema. */
  migrations?: URL
  settings?: z.ZodObject
  /** Personal data in the plugin's tables, by table: they stand in the register, and are given to the person and erased by it. */
  personalData?: PersonalData
  /** Changes of the plugin's tables stand in the audit log; what of them does not, and why. */
  audit?: AuditRules
  evidence?: readonly EvidenceKind<Tables>[]
  indicators?: readonly Indicator<Tables>[]
  weightings?: readonly Weighting[]
  /** Rules that truly need code; their texts are `functions.<id>.name`. */
  functions?: readonly PointsFunction[]
  /** What people decide again and again, for a plugin that learns. */
  matchings?: readonly Matching<Tables>[]
  /** Learns from what people decided, for all plugins. */
  learner?: Learner<Tables>
  routes?: readonly RouteHandler<PluginContext<Tables>>[]
  /**
   * A page for people without an account, at /s/<plugin id>/: a folder of ready files, served as they are; of TypeScript the types are taken
   * off. `messages.js` is made of the texts `page` of the plugin's messages.
   */
  page?: URL
  /** Work in the background, by name: lower case letters, digits, hyphens. */
  jobs?: Readonly<Record<string, PluginJob<Tables>>>
  /** Work that lasts as long as the process; answers how to stop it. */
  start?(context: PluginContext<Tables>): Promise<() => Promise<void>>
  /** Receives what devices send, in processes that do so, of which there may be several; answers how to stop it. */
  ingest?(context: PluginContext<Tables>): Promise<() => Promise<void>>
  /** Whether the embedded broker lets a device in, and what it may do there; null: it is none of this plugin's, or the password is wrong. */
  admitDevice?(
    context: PluginContext<Tables>,
    credentials: { name: string; password: string },
  ): Promise<DeviceRights | null>
}

/** `definePlugin({...})`, or `definePlugin<Tables>()({...})` for a plugin with tables of its own. */
export function definePlugin(plugin: Plugin): Plugin
export function definePlugin<Tables>(): (plugin: Plugin<Tables>) => Plugin<Tables>
export function definePlugin<Tables>(plugin?: Plugin<Tables>): unknown {
  return plugin ?? ((given: Plugin<Tables>) => given)
}

/** Keeps the type of the schema for `title` and `identity`. */
export function defineEvidenceKind<Schema extends z.ZodObject, Tables = Record<string, never>>(
  kind: EvidenceKind<Tables, Schema>,
): EvidenceKind<Tables> {
  return kind
}

export function defineIndicator<Tables>(indicator: Indicator<Tables>): Indicator<Tables> {
  return indicator
}

/** A plugin whatever its tables are; what it is given back is what it made. */
export type AnyPlugin = Plugin<never>
