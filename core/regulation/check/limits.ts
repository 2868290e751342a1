import type { Fault } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { faultAt } from './fault.ts'
import { checkAmounts } from './amounts.ts'
import { checkGroups } from './groups.ts'
import { checkRanges } from './ranges.ts'

/** Caps are not negative, bands do not overlap, the period starts on a day that every year has. */
export function checkLimits(document: RegulationDocument): Fault[] {
  return [
    ...(['areas', 'groups', 'criteria'] as const).flatMap((section) => checkCaps(document, section)),
    ...checkLimitsOf(['total'], document.code, document.total),
    ...checkAmounts(document),
    ...checkGroups(document),
    ...checkBands(document),
    ...checkStart(document),
  ]
}

function checkCaps(document: RegulationDocument, section: 'areas' | 'groups' | 'criteria'): Fault[] {
  return document[section].flatMap((item, index) => checkLimitsOf([section, index], item.id, item))
}

function checkLimitsOf(
  path: readonly (string | number)[],
  clause: string,
  { cap, floor }: { cap: string | null; floor: string | null },
): Fault[] {
  if (cap !== null && Number(cap) < 0) return [faultAt([...path, 'cap'], 'cap-negative', { clause, cap })]
  const isBelow = cap !== null && floor !== null && Number(cap) < Number(floor)
  return isBelow ? [faultAt([...path, 'floor'], 'floor-above-cap', { clause, cap, floor })] : []
}

function checkBands({ bands }: RegulationDocument): Fault[] {
  const ranges = bands.map(({ from, to }) => ({ from, to, fromInclusive: true, toInclusive: false }))
  return checkRanges(ranges).map(({ index, code }) =>
    faultAt(['bands', index], code, { clause: bands[index]?.id ?? '' }),
  )
}

function checkStart({ code, periodStart }: RegulationDocument): Fault[] {
  return isDay(periodStart)
    ? []
    : [faultAt(['periodStart'], 'day-unknown', { clause: code, day: periodStart })]
}

/** Whether every year has this day, MM-DD. */
export function isDay(text: string): boolean {
  const day = new Date(`2001-${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(5, 10) === text
}
