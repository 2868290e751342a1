import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { identityKeys } from '../identity.ts'
import { workOfRecord } from '../import/json.ts'
import type { Outcome } from '../import/imported.ts'
import type { Work } from '../work.ts'
import type { Group, GroupReport } from './group.ts'
import { csvRows, linesOf, openGroup } from './group.ts'

function outcomeOfLine(line: string): Outcome {
  try {
    return workOfRecord(JSON.parse(line)).outcome
  } catch {
    return { ok: false, reason: 'json-syntax', params: {} }
  }
}

/** Calls back for every work of a file of one record a line, and counts. */
async function readLines(file: string, group: Group, each: (work: Work) => void): Promise<void> {
  for await (const line of linesOf(file)) {
    const outcome = outcomeOfLine(line)
    if (!outcome.ok) group.refuse(outcome.reason)
    else {
      group.read()
      each(outcome.work)
    }
  }
}

function differences(work: Work, row: Record<string, string>): string[] {
  const year = work.year === null ? '' : String(work.year)
  return [
    row.year !== undefined && row.year !== year
      ? `year ${year || 'unknown'}, expected ${row.year || 'unknown'}`
      : '',
    row.n_authors !== undefined && row.n_authors !== String(work.authors.length)
      ? `${work.authors.length} authors, expected ${row.n_authors}`
      : '',
  ].filter(Boolean)
}

/** Crossref's records against the index beside them: every DOI there, its year and its number of authors. */
export async function checkCrossref(folder: string): Promise<GroupReport[]> {
  const file = join(folder, 'crossref', 'works.jsonl')
  if (!existsSync(file)) return []
  const rows = csvRows(folder, 'crossref', 'works_index.csv') ?? []
  const expected = new Map(rows.map((row) => [(row.doi ?? '').toLowerCase(), row]))
  const group = openGroup('crossref/works.jsonl: year and authors as in works_index.csv')
  const descriptions = openGroup('crossref/works.jsonl: descriptions tell works apart without their DOIs')
  const seen = new Map<string, string>()
  await readLines(file, group, (work) => {
    const row = work.doi === null ? undefined : expected.get(work.doi)
    const wrong = row ? differences(work, row) : ['not in works_index.csv']
    if (wrong.length === 0) group.agree()
    else if (rows.length > 0) group.disagree(`${work.doi ?? work.title}: ${wrong.join('; ')}`)
    compareDescription(descriptions, seen, work)
  })
  return [group.report, descriptions.report]
}

/** Every record is another work, so two that share title, year and first author show what that key cannot tell apart. */
function compareDescription(group: Group, seen: Map<string, string>, work: Work): void {
  const [key] = identityKeys({ ...work, doi: null })
  if (key === undefined) {
    group.refuse('nothing-identifies-the-work')
    return
  }
  group.read()
  const other = seen.get(key)
  if (other === undefined) group.agree()
  else group.disagree(`${work.doi ?? ''} is described as ${other}: ${work.title.slice(0, 80)}`)
  seen.set(key, work.doi ?? '')
}

/** OpenAlex' records; nothing lies beside them to compare with. */
export async function checkOpenAlex(folder: string): Promise<GroupReport[]> {
  const file = join(folder, 'openalex', 'works.jsonl')
  if (!existsSync(file)) return []
  const group = openGroup('openalex/works.jsonl: read')
  await readLines(file, group, () => undefined)
  return [group.report]
}
