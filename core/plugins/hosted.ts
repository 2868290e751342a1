import type { Indicator, EvidenceKind, AnyPlugin } from '../plugin/definition.ts'
import type { PluginContext } from '../plugin/context.ts'
import type { Learner } from '../plugin/matching.ts'
import type { PluginJob } from '../plugin/job.ts'
import type { PointsFunction } from '../plugin/points-function.ts'
import type { RouteHandler } from '../plugin/route.ts'
import type { Weighting } from '../plugin/weighting.ts'

/** Where a plugin failed: at its import, in its definition, in its migrations, its settings or its `start`. */
export interface PluginFault {
  stage: 'import' | 'definition' | 'migration' | 'settings' | 'start'
  /** What is wrong, for the administrator: English, as it came from the plugin. */
  message: string
}

/** One plugin of the list as it stands in this process. */
export interface HostedPlugin {
  /** The definition's id; of a plugin that has none, the name it is listed under. */
  id: string
  version: string
  enabled: boolean
  /** null: nothing is wrong. */
  fault: PluginFault | null
  /** Settings as its schema puts them out; empty where they are wrong. */
  settings: Record<string, unknown>
  definition: AnyPlugin | null
}

export interface HostedKind {
  /** plugin.kind */
  indicator: string
  plugin: string
  kind: EvidenceKind<never>
}

export interface HostedIndicator {
  /** plugin.id */
  id: string
  plugin: string
  indicator: Indicator<never>
}

export interface HostedWeighting {
  /** plugin.id */
  id: string
  plugin: string
  weighting: Weighting
}

export interface HostedFunction {
  /** plugin.id */
  id: string
  plugin: string
  pointsFunction: PointsFunction
}

export interface HostedLearner {
  learner: Learner<never>
  context: PluginContext<never>
}

export interface HostedJob {
  plugin: string
  name: string
  job: PluginJob<never>
}

export interface HostedRoutes {
  plugin: string
  routes: readonly RouteHandler<PluginContext<never>>[]
  context: PluginContext<never>
}

export type RunningPlugin = HostedPlugin & { definition: AnyPlugin; fault: null }

export function isRunning(plugin: HostedPlugin): plugin is RunningPlugin {
  return plugin.enabled && plugin.fault === null && plugin.definition !== null
}
