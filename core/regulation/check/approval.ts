import { stagesOf, leaderStage } from '../../approval/stages-of.ts'
import { windowsOf } from '../../approval/windows.ts'
import type { Fault } from '../../contract/problem.ts'
import type { Approval, Stage } from '../../contract/regulation/approval.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { faultAt } from './fault.ts'
import { isDay } from './limits.ts'
import type { Supply } from './supply.ts'

/** Stages name kinds that there are, every kind that is counted goes through one, and windows close after they open. */
export function checkApproval(document: RegulationDocument, supply: Supply): Fault[] {
  const { approval, code: clause } = document
  if (approval === null) return []
  return [
    ...approval.stages.flatMap((stage, index) => checkStage(stage, ['approval', 'stages', index], supply)),
    ...checkOpenKinds(document, approval, supply),
    ...checkWindows(document, approval).map(({ path, fault, day }) =>
      faultAt(['approval', ...path], fault, { clause, day }),
    ),
  ]
}

type Path = (string | number)[]

function checkStage(stage: Stage, path: Path, supply: Supply): Fault[] {
  const { id: clause, who, units, indicators, may } = stage
  const named = [
    ...indicators.map((indicator, index) => ({ indicator, at: ['indicators', index] })),
    ...units.flatMap((unit, index) =>
      unit.indicators.map((indicator, at) => ({ indicator, at: ['units', index, 'indicators', at] })),
    ),
  ]
  const unknown = named
    .filter(({ indicator }) => !supply.indicator(indicator))
    .map(({ indicator, at }) => faultAt([...path, ...at], 'indicator-unknown', { clause, indicator }))
  const misplaced =
    (who === 'verifier') === units.length > 0 ? [] : [faultAt([...path, 'units'], 'stage-units', { clause })]
  const closed = may.includes('pass') ? [] : [faultAt([...path, 'may'], 'stage-closed', { clause })]
  return [...unknown, ...misplaced, ...closed]
}

/** Kinds of evidence that would be approved by nobody whom the stages name. */
function checkOpenKinds(document: RegulationDocument, approval: Approval, supply: Supply): Fault[] {
  const counted = [...new Set(document.criteria.map(({ indicator }) => indicator))]
  const open = counted.filter(
    (indicator) =>
      supply.indicator(indicator)?.source === 'evidence' && stagesOf(approval, indicator)[0] === leaderStage,
  )
  return open.map((indicator) =>
    faultAt(['approval', 'stages'], 'stage-missing', { clause: document.code, indicator }),
  )
}

type WindowFault = { path: Path; fault: 'day-unknown' | 'window-backwards'; day: string }

function checkWindows({ periodStart }: RegulationDocument, approval: Approval): WindowFault[] {
  const { entering, approving } = approval
  const days = [
    { path: ['entering', 'opens'], told: entering?.opens },
    { path: ['entering', 'closes'], told: entering?.closes },
    { path: ['approving', 'closes'], told: approving?.closes },
  ]
  const unknown = days.flatMap(({ path, told }): WindowFault[] =>
    told && !isDay(told.day) ? [{ path: [...path, 'day'], fault: 'day-unknown', day: told.day }] : [],
  )
  if (unknown.length > 0 || !isDay(periodStart)) return unknown
  const { opens, closes, decidesUntil } = windowsOf({ approval, periodStart }, `2025-${periodStart}`)
  const backwards = (path: Path, earlier: string | null, later: string | null): WindowFault[] =>
    earlier !== null && later !== null && later < earlier
      ? [{ path, fault: 'window-backwards', day: later }]
      : []
  return [
    ...backwards(['entering', 'closes'], opens, closes),
    ...backwards(['approving', 'closes'], closes ?? opens, decidesUntil),
  ]
}
