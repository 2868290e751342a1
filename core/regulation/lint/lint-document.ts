import type { Finding } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Supply } from '../check/supply.ts'
import { lintAppeals } from './appeals.ts'
import { lintBandReach } from './band-reach.ts'
import { lintCoAuthors } from './co-authors.ts'
import { lintConditions, lintTables, lintThresholds, lintUnknownCounts } from './conditions.ts'
import { lintCountedTwice } from './counted-twice.ts'
import { lintEmptyAreas, lintLasting, lintLeagues, lintUnits } from './counting.ts'
import { lintDemanding } from './demanding.ts'
import { lintCheapestWay, lintIdleCaps, lintUnbounded } from './limits.ts'
import { lintBands, lintTiers } from './ranges.ts'

const rules: readonly ((document: RegulationDocument, supply: Supply) => Finding[])[] = [
  lintCountedTwice,
  lintTiers,
  lintBands,
  lintBandReach,
  lintConditions,
  lintTables,
  lintThresholds,
  lintUnknownCounts,
  lintCoAuthors,
  lintDemanding,
  lintUnbounded,
  lintLasting,
  lintUnits,
  lintIdleCaps,
  lintEmptyAreas,
  lintLeagues,
  lintCheapestWay,
  lintAppeals,
]

/**
 * What is doubtful in a document that has the right form (warnings), and what is worth knowing (notes). Worked examples are
 * run elsewhere, for they need a database.
 */
export function lintDocument(document: RegulationDocument, supply: Supply): Finding[] {
  return rules.flatMap((rule) => rule(document, supply))
}
