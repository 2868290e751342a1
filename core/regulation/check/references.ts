import type { Fault, ProblemParams } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { faultAt } from './fault.ts'
import type { Supply } from './supply.ts'

type Path = readonly (string | number)[]

/** Whatever one clause says of another by its id must be there. */
export function checkReferences(document: RegulationDocument, supply: Supply): Fault[] {
  return [
    ...checkCoefficients(document),
    ...checkLists(document),
    ...checkAreas(document),
    ...checkRequirements(document, supply),
    ...checkMoney(document, supply),
  ]
}

/** A fault for each name that is not among the known ones. */
function unknown(
  path: Path,
  names: readonly string[],
  known: readonly string[],
  fault: { code: string; clause: string; as: string },
): Fault[] {
  return names.flatMap((name, index) => {
    const params: ProblemParams & { clause: string } = { clause: fault.clause, [fault.as]: name }
    return known.includes(name) ? [] : [faultAt([...path, index], fault.code, params)]
  })
}

const idsOf = (clauses: readonly { id: string }[]) => clauses.map(({ id }) => id)

function checkCoefficients({ criteria, coefficients }: RegulationDocument): Fault[] {
  return criteria.flatMap(({ id: clause, factors }, index) =>
    unknown(['criteria', index, 'factors'], factors, idsOf(coefficients), {
      code: 'coefficient-unknown',
      clause,
      as: 'coefficient',
    }),
  )
}

/** Criteria of groups and of `once`; those of a group stand in one area. */
function checkLists({ criteria, groups, once }: RegulationDocument): Fault[] {
  const known = idsOf(criteria)
  const named = (section: 'groups' | 'once', items: readonly { id: string; criteria: string[] }[]) =>
    items.flatMap((item, index) =>
      unknown([section, index, 'criteria'], item.criteria, known, {
        code: 'criterion-unknown',
        clause: item.id,
        as: 'criterion',
      }),
    )
  const mixed = groups.flatMap((group, index) => {
    const areas = [
      ...new Set(criteria.filter(({ id }) => group.criteria.includes(id)).map(({ area }) => area)),
    ]
    return areas.length > 1
      ? [faultAt(['groups', index, 'criteria'], 'group-areas', { clause: group.id, areas })]
      : []
  })
  return [...named('groups', groups), ...named('once', once), ...mixed]
}

function checkAreas(document: RegulationDocument): Fault[] {
  const { areas, extrapolation, rollUps, ranking, code } = document
  const known = idsOf(areas)
  const fault = (clause: string) => ({ code: 'area-unknown', clause, as: 'area' })
  return [
    ...(extrapolation
      ? unknown(['extrapolation', 'areas'], extrapolation.areas ?? [], known, fault(extrapolation.id))
      : []),
    ...rollUps.flatMap(({ id, area, from }, index) => [
      ...(known.includes(area)
        ? []
        : [faultAt(['rollUps', index, 'area'], 'area-unknown', { clause: id, area })]),
      ...unknown(['rollUps', index, 'from'], from, known, fault(id)),
    ]),
    ...unknown(['ranking', 'tieBreakers'], ranking.tieBreakers, known, fault(code)),
    ...checkAreasOfTotal(document, known),
  ]
}

/** Areas that normalisation, aggregation and the settings of certainty name. */
function checkAreasOfTotal(document: RegulationDocument, known: readonly string[]): Fault[] {
  const { code: clause, normalisation, aggregation, certainty } = document
  const scales = [
    { path: ['normalisation'], scale: normalisation },
    ...(certainty?.normalisations ?? []).map((scale, index) => ({
      path: ['certainty', 'normalisations', index],
      scale,
    })),
  ]
  const aggregations = [
    { path: ['aggregation'], how: aggregation },
    ...(certainty?.aggregations ?? []).map((how, index) => ({
      path: ['certainty', 'aggregations', index],
      how,
    })),
  ]
  const keys = (path: Path, record: object) =>
    Object.keys(record)
      .filter((area) => !known.includes(area))
      .map((area) => faultAt([...path, area], 'area-unknown', { clause, area }))
  const weights = certainty?.weights
  return [
    ...scales.flatMap(({ path, scale }) => keys([...path, 'byArea'], scale.byArea)),
    ...aggregations.flatMap(({ path, how }) => {
      if (how.method === 'lexicographic')
        return unknown([...path, 'order'], how.order, known, { code: 'area-unknown', clause, as: 'area' })
      if (how.method !== 'at-least') return []
      const looked = typeof how.value === 'string' ? known : Object.keys(how.value)
      const named = typeof how.value === 'string' ? [] : keys([...path, 'value'], how.value)
      const isTooMany = how.areas > looked.length
      const counts = { clause, needed: how.areas, checks: looked.length }
      return [...named, ...(isTooMany ? [faultAt([...path, 'areas'], 'needed-too-many', counts)] : [])]
    }),
    ...(weights?.kind === 'intervals' ? keys(['certainty', 'weights', 'byArea'], weights.byArea) : []),
  ]
}

function checkRequirements(document: RegulationDocument, { positions }: Supply): Fault[] {
  const { areas, groups, criteria, bands, requirements } = document
  const known = [...areas, ...groups, ...criteria].map(({ id }) => id)
  return requirements.flatMap(({ id: clause, checks, needed, effect }, index) => {
    const path = ['requirements', index]
    const ofChecks = checks.flatMap(({ of, byPosition }, at) => [
      ...unknown([...path, 'checks', at, 'of'], of, known, { code: 'clause-unknown', clause, as: 'name' }),
      ...Object.keys(byPosition)
        .filter((position) => !positions.has(position))
        .map((position) =>
          faultAt([...path, 'checks', at, 'byPosition', position], 'position-unknown', { clause, position }),
        ),
    ])
    const tooMany =
      needed !== null && needed > checks.length
        ? [faultAt([...path, 'needed'], 'needed-too-many', { clause, needed, checks: checks.length })]
        : []
    const band =
      effect.kind === 'band' && !bands.some(({ id }) => id === effect.notAbove)
        ? [faultAt([...path, 'effect', 'notAbove'], 'band-unknown', { clause, band: effect.notAbove })]
        : []
    return [...ofChecks, ...tooMany, ...band]
  })
}

function checkMoney({ money, bands }: RegulationDocument, { positions }: Supply): Fault[] {
  if (money === null || money.kind === 'fund') return []
  const clause = money.id
  if (money.kind === 'base') {
    return Object.keys(money.rates)
      .filter((position) => !positions.has(position))
      .map((position) => faultAt(['money', 'rates', position], 'position-unknown', { clause, position }))
  }
  return Object.keys(money.byBand)
    .filter((band) => !bands.some(({ id }) => id === band))
    .map((band) => faultAt(['money', 'byBand', band], 'band-unknown', { clause, band }))
}
