import { stageDecisions } from '../contract/regulation/approval.ts'
import type { Approval, Stage } from '../contract/regulation/approval.ts'

/** The one step of a regulation that names no stages: who heads the department or the faculty, whoever comes first. */
export const leaderStage: Stage = {
  id: 'leader',
  title: { kk: '', ru: '', en: '' },
  who: 'leader',
  units: [],
  indicators: [],
  may: [...stageDecisions],
  days: null,
}

/** Stages that evidence of a kind (plugin.kind) goes through, in order; never empty. approval null: the regulation names none. */
export function stagesOf(approval: Approval | null, indicator: string): Stage[] {
  const stages = (approval?.stages ?? []).filter((stage) => isFor(stage, indicator))
  return stages.length > 0 ? stages : [leaderStage]
}

export function isFor(stage: Stage, indicator: string): boolean {
  const isNamed = stage.indicators.length === 0 || stage.indicators.includes(indicator)
  return isNamed && (stage.who !== 'verifier' || verifyingUnits(stage, indicator).length > 0)
}

/** Codes of the structural units that verify a kind in this stage. */
export function verifyingUnits({ units }: Stage, indicator: string): string[] {
  const codes = units.filter(({ indicators }) => indicators.includes(indicator)).map(({ unit }) => unit)
  return [...new Set(codes)]
}
