import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkPublications } from '../plugins/publications/conformance.ts'
import { checkIndices } from './indices.ts'
import { checkSensors } from './sensors.ts'

/** What a check reports of one group of records. */
type GroupReport = {
  group: string
  read: number
  agreed: number
  disagreed: number
  refused: number
  reasons: Record<string, number>
  examples: string[]
}

/** Every check, and the folder under DIR that it reads. A plugin with real data to be measured against adds its own. */
const checks: { folder: string; check: (folder: string) => Promise<GroupReport[]> }[] = [
  { folder: 'publications', check: checkPublications },
  { folder: 'indices', check: checkIndices },
  { folder: 'sensors', check: checkSensors },
]

function print(folder: string, report: GroupReport): void {
  const { group, read, agreed, disagreed, refused, reasons, examples } = report
  console.log(`${folder}/${group}`)
  console.log(`  read ${read}, agreed ${agreed}, disagreed ${disagreed}, refused ${refused}`)
  for (const [reason, count] of Object.entries(reasons)) console.log(`  refused for ${reason}: ${count}`)
  for (const example of examples) console.log(`  - ${example}`)
}

async function main(dir: string | undefined): Promise<number> {
  if (dir === undefined || !existsSync(dir)) {
    console.error(
      `Usage: npm run conformance -- DIR   (${dir ?? 'no folder'} ${dir ? 'is not there' : 'given'})`,
    )
    return 2
  }
  const reports: GroupReport[] = []
  for (const { folder, check } of checks) {
    if (!existsSync(join(dir, folder))) continue
    for (const report of await check(join(dir, folder))) {
      reports.push({ ...report, group: `${folder}/${report.group}` })
      print(folder, report)
    }
  }
  const groups = reports.map(({ examples: _, ...counts }) => counts)
  console.log(JSON.stringify({ conformance: true, groups }))
  return 0
}

process.exitCode = await main(process.argv[2])
