import type { Kysely } from 'kysely'
import type { Language } from '../contract/text.ts'
import { schemaOf } from '../database/migrate.ts'
import type { CoreTables } from '../database/tables.ts'
import type {
  AccountAccess,
  EvidenceAccess,
  JobAccess,
  MailAccess,
  PeopleAccess,
  RecordAccess,
  RegulationAccess,
  RunAccess,
} from '../plugin/access.ts'
import type { DeclaredErrors, EvidenceKind, Messages } from '../plugin/definition.ts'
import { usualTimeZone } from '../plugin/context.ts'
import type { PluginContext } from '../plugin/context.ts'
import type { BrokerAddress, DeviceRights } from '../plugin/broker.ts'
import type { Matching } from '../plugin/matching.ts'
import type { MatchingAccess } from '../plugin/matching-access.ts'
import type { PointsFunction } from '../plugin/points-function.ts'
import type { TableAccess } from '../plugin/table-import.ts'
import type { Weighting } from '../plugin/weighting.ts'
import type { FactSource } from '../rating/snapshot/fact-source.ts'
import { factSourcesOf } from './fact-sources.ts'
import { startPlugins } from './start-plugins.ts'
import { isRunning } from './hosted.ts'
import type {
  HostedPlugin,
  HostedKind,
  HostedIndicator,
  HostedWeighting,
  HostedFunction,
  HostedJob,
  HostedLearner,
  HostedRoutes,
} from './hosted.ts'

/** The installed plugins. All but `plugins` is about those that run: enabled and without a fault. */
export interface PluginHost {
  plugins(): readonly HostedPlugin[]
  evidenceKinds(): readonly HostedKind[]
  /** By plugin.kind; null: no running plugin has it. */
  evidenceKind(indicator: string): EvidenceKind<never> | null
  indicators(): readonly HostedIndicator[]
  /** Everything that facts come from: evidence kinds and indicators. */
  factSources(): readonly FactSource[]
  /** What of an indicator's facts is measured with an error; empty: nothing, or no running plugin supplies it. */
  errorsOf(indicator: string): DeclaredErrors
  weightings(): readonly HostedWeighting[]
  /** By plugin.id; null: no running plugin has it. */
  weighting(id: string): Weighting | null
  functions(): readonly HostedFunction[]
  /** By plugin.id; null: no running plugin has it. */
  pointsFunction(id: string): PointsFunction | null
  matchings(): readonly { plugin: string; matching: Matching<never> }[]
  /** The plugin that learns for all; null: none is running. */
  learner(): HostedLearner | null
  jobs(): readonly HostedJob[]
  /** Folders of the pages for people without an account. */
  pages(): readonly { plugin: string; folder: URL }[]
  routes(): readonly HostedRoutes[]
  /** null: no running plugin has this id. */
  messagesOf(pluginId: string): Readonly<Record<Language, Messages>> | null
  /** What a plugin works with. Throws if no running plugin has this id. */
  contextOf(pluginId: string): PluginContext<never>
  /** Starts what plugins keep running; one that fails gets a fault and the rest start. */
  start(): Promise<void>
  /** The same of what receives messages of devices. */
  startIngest(): Promise<void>
  /** What a device may do at the embedded broker; null: no plugin lets it in. */
  admitDevice(credentials: { name: string; password: string }): Promise<DeviceRights | null>
  stop(): Promise<void>
}

/** What core lends to plugins; made in core/plugin-access.ts of what the modules offer. */
export interface PluginAccess {
  evidence(host: PluginHost, pluginId: string): EvidenceAccess
  records(host: PluginHost): RecordAccess
  people: PeopleAccess
  accounts: AccountAccess
  regulations(host: PluginHost, pluginId: string): RegulationAccess
  runs: RunAccess
  jobs(host: PluginHost, pluginId: string): JobAccess<never>
  matchings(host: PluginHost): MatchingAccess
  tables(host: PluginHost, pluginId: string): TableAccess<never>
  mail: MailAccess<never>
}

export interface HostParts {
  db: Kysely<CoreTables>
  plugins: HostedPlugin[]
  access: PluginAccess
  log: PluginContext<never>['log']
  now(): Date
  /** Absent: this process has none. */
  broker?: BrokerAddress
  /** Absent: `usualTimeZone`. */
  timeZone?: string
}

/** A host of plugins that were found, checked and recorded (open-host.ts does all of it). */
export function createHost({
  db,
  plugins,
  access,
  log,
  now,
  broker,
  timeZone = usualTimeZone,
}: HostParts): PluginHost {
  const running = () => plugins.flatMap((plugin) => (isRunning(plugin) ? [plugin] : []))
  const kinds = () =>
    running().flatMap(({ id, definition }) =>
      (definition.evidence ?? []).map((kind) => ({ indicator: `${id}.${kind.kind}`, plugin: id, kind })),
    )
  const indicators = () =>
    running().flatMap(({ id, definition }) =>
      (definition.indicators ?? []).map((indicator) => ({
        id: `${id}.${indicator.id}`,
        plugin: id,
        indicator,
      })),
    )
  const weightings = () =>
    running().flatMap(({ id, definition }) =>
      (definition.weightings ?? []).map((weighting) => ({
        id: `${id}.${weighting.id}`,
        plugin: id,
        weighting,
      })),
    )
  const functions = () =>
    running().flatMap(({ id, definition }) =>
      (definition.functions ?? []).map((pointsFunction) => ({
        id: `${id}.${pointsFunction.id}`,
        plugin: id,
        pointsFunction,
      })),
    )
  const contextOf = (pluginId: string): PluginContext<never> => {
    const plugin = running().find(({ id }) => id === pluginId)
    if (!plugin) throw new Error(`no plugin "${pluginId}" is running`)
    return {
      db: pluginDatabase(db, pluginId),
      settings: plugin.settings,
      log: namedLog(log, pluginId),
      now,
      timeZone,
      evidence: access.evidence(host, pluginId),
      records: access.records(host),
      people: access.people,
      accounts: access.accounts,
      regulations: access.regulations(host, pluginId),
      runs: access.runs,
      jobs: access.jobs(host, pluginId),
      matchings: access.matchings(host),
      tables: access.tables(host, pluginId),
      mail: access.mail,
      broker: broker ?? null,
    }
  }
  const started = startPlugins({ part: 'start', running, contextOf, log })
  const ingest = startPlugins({ part: 'ingest', running, contextOf, log })
  const host: PluginHost = {
    plugins: () => plugins,
    evidenceKinds: kinds,
    evidenceKind: (indicator) => kinds().find((kind) => kind.indicator === indicator)?.kind ?? null,
    indicators,
    factSources: () =>
      factSourcesOf({ kinds: kinds(), indicators: indicators(), dbOf: (id) => pluginDatabase(db, id) }),
    errorsOf: (indicator) =>
      kinds().find((kind) => kind.indicator === indicator)?.kind.errors ??
      indicators().find(({ id }) => id === indicator)?.indicator.errors ??
      {},
    weightings,
    weighting: (id) => weightings().find((weighting) => weighting.id === id)?.weighting ?? null,
    functions,
    pointsFunction: (id) => functions().find((hosted) => hosted.id === id)?.pointsFunction ?? null,
    matchings: () =>
      running().flatMap(({ id, definition }) =>
        (definition.matchings ?? []).map((matching) => ({ plugin: id, matching })),
      ),
    learner: () => {
      const found = running().find(({ definition }) => definition.learner)
      return found ? { learner: found.definition.learner!, context: contextOf(found.id) } : null
    },
    jobs: () =>
      running().flatMap(({ id, definition }) =>
        Object.entries(definition.jobs ?? {}).map(([name, job]) => ({ plugin: id, name, job })),
      ),
    routes: () =>
      running().map(({ id, definition }) => ({
        plugin: id,
        routes: definition.routes ?? [],
        context: contextOf(id),
      })),
    pages: () =>
      running().flatMap(({ id, definition: { page } }) => (page ? [{ plugin: id, folder: page }] : [])),
    messagesOf: (pluginId) => running().find(({ id }) => id === pluginId)?.definition.messages ?? null,
    contextOf,
    start: started.start,
    startIngest: ingest.start,
    async admitDevice(credentials) {
      for (const { id, definition } of running()) {
        const rights = await definition.admitDevice?.(contextOf(id), credentials)
        if (rights) return rights
      }
      return null
    },
    async stop() {
      await ingest.stop()
      await started.stop()
    },
  }
  return host
}

/** Tables without a schema are the plugin's own. */
export function pluginDatabase(db: Kysely<CoreTables>, pluginId: string): Kysely<never> {
  return db.withSchema(schemaOf(pluginId)) as unknown as Kysely<never>
}

function namedLog(log: HostParts['log'], pluginId: string): HostParts['log'] {
  const named = (message: string) => `${pluginId}: ${message}`
  return {
    info: (message) => log.info(named(message)),
    warn: (message) => log.warn(named(message)),
    error: (message) => log.error(named(message)),
  }
}
