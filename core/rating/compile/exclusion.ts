import { sql } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { all, comparisonsOf, compileCondition } from './condition.ts'
import { isAttribute } from './value.ts'
import type { Fragment } from './value.ts'

type Exclusion = RegulationDocument['exclusions'][number]

/**
 * Tests that none of the exclusions holds for a fact. Throws `exclusion-too-wide` for one of all indicators that asks
 * whether an attribute is unknown: facts of indicators that do not even have it would be excluded.
 */
export function compileExclusions(exclusions: readonly Exclusion[]): Fragment[] {
  return exclusions.map((exclusion) => sql`${compileExclusion(exclusion)} is not true`)
}

function compileExclusion({ id, indicator, where }: Exclusion): Fragment {
  const asked = where.flatMap((condition) => comparisonsOf(condition))
  if (indicator === null && asked.some(({ value, unknown }) => unknown && isAttribute(value))) {
    throw new UstazError('exclusion-too-wide', { status: 422, params: { clause: id } })
  }
  const ofIndicator = indicator === null ? [] : [sql`f.indicator = ${sql.lit(indicator)}`]
  return all([...ofIndicator, ...where.map(compileCondition)])
}
