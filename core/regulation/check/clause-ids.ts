import type { Fault } from '../../contract/problem.ts'
import { appealsOf } from '../../contract/regulation/appeals.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { faultAt } from './fault.ts'

const sections = [
  'areas',
  'coefficients',
  'criteria',
  'groups',
  'once',
  'exclusions',
  'rollUps',
  'norms',
  'eligibility',
  'requirements',
  'leagues',
  'bands',
  'amendments',
] as const

/** Every clause has an id of its own, over all sections: traces and appeals name clauses by it. */
export function checkClauseIds(document: RegulationDocument): Fault[] {
  const seen = new Set<string>()
  return placesOfIds(document).flatMap(({ path, id }) => {
    const isTwice = seen.has(id)
    seen.add(id)
    return isTwice ? [faultAt([...path, 'id'], 'id-twice', { clause: id })] : []
  })
}

function placesOfIds(document: RegulationDocument): { path: (string | number)[]; id: string }[] {
  const listed = sections.flatMap((section) =>
    document[section].map(({ id }, index) => ({ path: [section, index], id })),
  )
  const keeps = document.criteria.flatMap(({ keep }, index) =>
    keep.map(({ id }, at) => ({ path: ['criteria', index, 'keep', at], id })),
  )
  const conditions = (['criteria', 'exclusions', 'requirements', 'leagues'] as const).flatMap((section) =>
    document[section].flatMap(({ where }, index) =>
      where.flatMap(({ id }, at) => (id === undefined ? [] : [{ path: [section, index, 'where', at], id }])),
    ),
  )
  const { extrapolation, money } = document
  const single = Object.entries({ extrapolation, money, appeals: appealsOf(document) }).flatMap(
    ([section, clause]) => (clause === null ? [] : [{ path: [section], id: clause.id }]),
  )
  const stages = (document.approval?.stages ?? []).map(({ id }, index) => ({
    path: ['approval', 'stages', index],
    id,
  }))
  return [...listed, ...keeps, ...conditions, ...single, ...stages]
}
