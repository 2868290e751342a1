import type { Fault } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { faultAt } from './fault.ts'
import { checkRanges } from './ranges.ts'

/** Caps are not negative, bands do not overlap, the period starts on a day that every year has. */
export function checkLimits(document: RegulationDocument): Fault[] {
  return [
    ...checkCaps(document, 'areas'),
    ...checkCaps(document, 'criteria'),
    ...checkBands(document),
    ...checkStart(document),
  ]
}

function checkCaps(document: RegulationDocument, section: 'areas' | 'criteria'): Fault[] {
  return document[section].flatMap(({ id, cap }, index) =>
    cap !== null && Number(cap) < 0
      ? [faultAt([section, index, 'cap'], 'cap-negative', { clause: id, cap })]
      : [],
  )
}

function checkBands({ bands }: RegulationDocument): Fault[] {
  const ranges = bands.map(({ from, to }) => ({ from, to, fromInclusive: true, toInclusive: false }))
  return checkRanges(ranges).map(({ index, code }) =>
    faultAt(['bands', index], code, { clause: bands[index]?.id ?? '' }),
  )
}

function checkStart({ code, periodStart }: RegulationDocument): Fault[] {
  const day = new Date(`2001-${periodStart}T00:00:00Z`)
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().slice(5, 10) === periodStart
  return exists ? [] : [faultAt(['periodStart'], 'day-unknown', { clause: code, day: periodStart })]
}
