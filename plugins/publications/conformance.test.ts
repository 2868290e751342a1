import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkPublications } from './conformance.ts'

const folder = mkdtempSync(join(tmpdir(), 'publications-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fixture = (name: string, to: string) =>
  cpSync(new URL(`./fixtures/${name}`, import.meta.url), join(folder, to))
const write = (to: string, text: string) => writeFileSync(join(folder, to), text)
for (const part of ['crossref', 'bibtex', 'ris', 'zotero_pairs', 'journals']) mkdirSync(join(folder, part))

fixture('crossref.jsonl', 'crossref/works.jsonl')
fixture('jabref__RisImporterTestDate1.1.bib', 'bibtex/a.bib')
fixture('jabref__RisImporterTestDate1.2.ris', 'ris/a.ris')
fixture('jabref__crossref.bib', 'bibtex/b.bib')
write('bib_ris_manifest.csv', 'file,entries\nbibtex/a.bib,1\nbibtex/b.bib,5\nris/a.ris,1\n')
write(
  'crossref/works_index.csv',
  'doi,year,n_authors\n10.1063/1.4802210,2013,6\n10.1371/journal.pone.0101381,2013,1\n10.1016/j.ymben.2025.03.017,2025,4\n' +
    '10.31489/2518-1998,,0\n10.1175/1520-0493(1974)102<0736:wacoj>2.0.co;2,1974,1\n',
)
write('journals/sjr_2023.csv', 'title,issn,best_quartile\nA,0028-0836,Q2\nB,0028-0836,Q1\nC,1476-4687,-\n')
write(
  'crossref/issn_to_sjr2023_expected.csv',
  'issn,sjr2023_best_quartile\n0028-0836,Q1\n1476-4687,-\n0378-5955,Q3\n',
)
write(
  'zotero_pairs/some.json',
  JSON.stringify([
    {
      input: 'TY  - JOUR\nTI  - Right\nPY  - 2020\nER  - ',
      expected_zotero_items: [{ title: 'Right', date: '2020-05' }],
    },
    {
      input: 'TY  - JOUR\nTI  - T\nPY  - 2020\nER  - ',
      expected_zotero_items: [{ title: 'T', date: '2019' }],
    },
    { input: 'PMID- 1', expected_zotero_items: [{ title: 'T' }, { title: 'U' }] },
  ]),
)

test('every group found in a folder is read and compared with what lies beside it', async () => {
  const counts = (await checkPublications(folder)).map((report) => {
    const { group, read, agreed, disagreed, refused } = report
    return [group.split(':')[0], read, agreed, disagreed, refused]
  })
  expect(counts).toEqual([
    ['crossref/works.jsonl', 5, 4, 1, 1], // one year of the index is wrong on purpose; one record has no title
    ['crossref/works.jsonl', 4, 4, 0, 1], // the journal has neither year nor author
    ['bibtex/', 5, 5, 1, 0], // 5 entries in all; the manifest says 6
    ['ris/', 1, 1, 0, 0],
    ['ris/*.ris', 1, 1, 0, 0],
    ['zotero_pairs/some.json', 2, 1, 1, 2],
    ['journals/sjr_2023.csv', 3, 0, 0, 0],
    ['crossref/issn_to_sjr2023_expected.csv', 3, 2, 1, 0],
  ])
})

test('a disagreement is told in words', async () => {
  const reports = await checkPublications(folder)
  expect(reports.flatMap(({ examples }) => examples)).toEqual([
    '10.1371/journal.pone.0101381: year 2014, expected 2013',
    'b.bib: 4 entries, expected 5',
    'text 2: date "2020", expected 2019',
    '0378-5955: unknown, expected Q3',
  ])
})

test('an empty folder gives no groups', async () => {
  mkdirSync(join(folder, 'empty'))
  expect(await checkPublications(join(folder, 'empty'))).toEqual([])
})
