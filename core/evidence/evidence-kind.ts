import { UstazError } from '../contract/problem.ts'
import type { EvidenceKind } from '../plugin/definition.ts'
import type { PluginHost } from '../plugins/host.ts'

/** The kind of a running plugin; throws `indicator-not-found`. `indicator` is plugin.kind. */
export function evidenceKind(host: PluginHost, indicator: string): EvidenceKind<never> {
  const kind = host.evidenceKind(indicator)
  if (!kind) throw new UstazError('indicator-not-found', { status: 404, params: { indicator } })
  return kind
}
