import { checkBibliographies } from './conformance/bibliographies.ts'
import type { GroupReport } from './conformance/group.ts'
import { checkJournals } from './conformance/journals.ts'
import { checkCrossref, checkOpenAlex } from './conformance/json-lines.ts'
import { checkZoteroPairs } from './conformance/zotero-pairs.ts'

/**
 * Reads a folder of real publications (Crossref and OpenAlex records, BibTeX, RIS, import texts, journal lists) and compares
 * with the expectations that lie beside them. What is not there is passed over.
 */
export async function checkPublications(folder: string): Promise<GroupReport[]> {
  return [
    ...(await checkCrossref(folder)),
    ...(await checkOpenAlex(folder)),
    ...checkBibliographies(folder),
    ...checkZoteroPairs(folder),
    ...checkJournals(folder),
  ]
}
