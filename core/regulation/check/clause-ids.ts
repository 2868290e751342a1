import type { Fault } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { faultAt } from './fault.ts'

const sections = ['areas', 'criteria', 'norms', 'eligibility', 'leagues', 'bands'] as const

/** Every clause has an id of its own, over all sections: traces and appeals name clauses by it. */
export function checkClauseIds(document: RegulationDocument): Fault[] {
  const seen = new Set<string>()
  return sections.flatMap((section) =>
    document[section].flatMap(({ id }, index) => {
      const isTwice = seen.has(id)
      seen.add(id)
      return isTwice ? [faultAt([section, index, 'id'], 'id-twice', { clause: id })] : []
    }),
  )
}
