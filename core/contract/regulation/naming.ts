import { z } from 'zod'

/**
 * What a text in a document stands for, so that an editor offers what there is: clauses of the document itself (`area`, `criterion`,
 * `coefficient`, `band`, `league`, `counted`: areas, groups and criteria, `clause`: any), things of the catalogue (`indicator`, `value`
 * of a fact or of the teacher, `choice` of a value, `role`, `unit` that is counted, `weighting`, `function`), codes of the university
 * (`position`, `degree`), a `formula`, a day of the year (`month-day`), a `currency`.
 */
export type Named =
  | 'area'
  | 'criterion'
  | 'coefficient'
  | 'band'
  | 'league'
  | 'counted'
  | 'clause'
  | 'indicator'
  | 'value'
  | 'choice'
  | 'role'
  | 'unit'
  | 'weighting'
  | 'function'
  | 'position'
  | 'degree'
  | 'formula'
  | 'month-day'
  | 'currency'

declare module 'zod' {
  interface GlobalMeta {
    /** What the text names. */
    names?: Named
    /** The neighbouring field whose value says what is offered: the value a choice belongs to, the weighting params belong to. */
    of?: string
    /** Which part of a document an object is: its fields are called by it (texts of the editor). */
    part?: string
  }
}

/** Permanent name of a clause; traces, reasons and amendments name clauses by it. */
export const clauseId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'letters, digits, dots and hyphens')
export const areaId = clauseId.meta({ names: 'area' })
export const criterionId = clauseId.meta({ names: 'criterion' })
export const bandId = clauseId.meta({ names: 'band' })
export const leagueId = clauseId.meta({ names: 'league' })
export const anyClause = clauseId.meta({ names: 'clause' })

export const indicatorId = z.string().meta({ names: 'indicator' })
export const unitName = z.string().meta({ names: 'unit' })
export const positionCode = z.string().meta({ names: 'position' })
export const degreeCode = z.string().meta({ names: 'degree' })
export const roleName = z.string().meta({ names: 'role' })
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ names: 'currency' })
