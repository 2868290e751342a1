import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { parseRegulation } from '../../../core/regulation/parse-document.ts'
import type { BenchCase } from '../bench-case.ts'
import { enterEvidence } from '../enter-evidence.ts'
import type { BenchPlugins } from '../plugins.ts'
import { rateByHand } from './by-hand.ts'
import { kazutbEvidence } from './evidence.ts'
import { enterJournals } from './journals.ts'
import { enterSurveys } from './surveys.ts'

/** Table 1 of KazUTB as it is shipped, over the plugins' own kinds of evidence, lists of journals and results of a survey. */
export async function kazutbCase(plugins: BenchPlugins): Promise<BenchCase> {
  const file = new URL('../../../regulations/kazutb-teacher.yaml', import.meta.url)
  const document = parseRegulation(await readFile(file, 'utf8'))
  return {
    id: 'kazutb',
    document,
    sources: (db) => plugins.sources(db),
    weighting: plugins.weighting(document.weighting.id),
    enterEvidence: async (db, teachers) => {
      await enterJournals(db)
      await enterSurveys(db)
      const plan = {
        indicator: 'methodical.individual-plan',
        part: 1,
        several: false,
        data: sql`jsonb_build_object('academicYear', '2025/2026', 'percent', case when n % 23 = 0 then 95 else 100 + n % 5 end)`,
      }
      await enterEvidence(db, teachers, kazutbEvidence, [plan])
      await plugins.checkEvidence(db)
    },
    rateByHand,
  }
}
