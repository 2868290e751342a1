import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ImportResult } from '../import/imported.ts'
import { parseWorks } from '../import/parse-works.ts'
import type { Work } from '../work.ts'
import { compareWorks } from './compare-works.ts'
import type { Group, GroupReport } from './group.ts'
import { csvRows, filesIn, openGroup } from './group.ts'

function count(group: Group, result: ImportResult): number {
  group.read(result.works.length)
  const entries = result.refused.filter(({ index }) => index !== null)
  for (const { reason } of entries) group.refuse(reason)
  for (const { index, reason } of result.refused)
    if (index === null && reason !== 'file-empty') group.refuse(reason)
  return result.works.length + entries.length
}

function compareCount(group: Group, file: string, found: number, expected: number): void {
  if (Math.min(found, expected) > 0) group.agree(Math.min(found, expected))
  if (found !== expected)
    group.disagree(`${file}: ${found} entries, expected ${expected}`, Math.abs(found - expected))
}

/** Files of a folder against the number of entries the manifest gives for each. */
function checkCounts(folder: string, kind: 'bibtex' | 'ris', manifest: Map<string, string>): GroupReport[] {
  const files = filesIn(join(folder, kind), '.bib', '.ris', '.json')
  if (files.length === 0) return []
  const group = openGroup(`${kind}/: number of entries as in bib_ris_manifest.csv`)
  for (const name of files) {
    const found = count(group, parseWorks(readFileSync(join(folder, kind, name))))
    const expected = manifest.get(`${kind}/${name}`)
    if (expected) compareCount(group, name, found, Number(expected))
  }
  return [group.report]
}

const worksOf = (file: string): Work[] => parseWorks(readFileSync(file)).works.map(({ work }) => work)

/** RIS files that have their result beside them as BibTeX under the same name. */
function checkPairs(folder: string): GroupReport[] {
  const names = filesIn(join(folder, 'ris'), '.ris').map((name) => name.slice(0, -4))
  const pairs = names.filter((name) => existsSync(join(folder, 'bibtex', `${name}.bib`)))
  if (pairs.length === 0) return []
  const group = openGroup('ris/*.ris: as in the .bib of the same name')
  for (const name of pairs) {
    const works = worksOf(join(folder, 'ris', `${name}.ris`))
    group.read(works.length)
    compareWorks(group, name, works, worksOf(join(folder, 'bibtex', `${name}.bib`)))
  }
  return [group.report]
}

/** BibTeX and RIS files. */
export function checkBibliographies(folder: string): GroupReport[] {
  const rows = csvRows(folder, 'bib_ris_manifest.csv') ?? []
  const manifest = new Map(rows.map((row) => [row.file ?? '', row.entries ?? '']))
  return [
    ...checkCounts(folder, 'bibtex', manifest),
    ...checkCounts(folder, 'ris', manifest),
    ...checkPairs(folder),
  ]
}
