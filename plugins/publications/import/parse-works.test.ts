import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseWorks } from './parse-works.ts'

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url))
const only = (text: string) => parseWorks(text).works[0]?.work

describe('Crossref', () => {
  const read = parseWorks(fixture('crossref.jsonl'))
  const work = (doi: string) => read.works.find((entry) => entry.work.doi === doi)?.work

  test('a line-by-line file gives a work or a reason for every record, with its line', () => {
    expect(read.format).toBe('crossref-json')
    expect(read.works).toHaveLength(5)
    expect(read.refused).toMatchObject([{ index: 3, line: 4, reason: 'title-missing' }])
  })

  test('a correction is not an article, and names what it corrects', () => {
    expect(work('10.1371/journal.pone.0101381')).toMatchObject({
      type: 'correction',
      related: [{ relation: 'corrects', doi: '10.1371/journal.pone.0095248' }],
      authors: [{ family: null, literal: 'The PLOS ONE Staff' }],
    })
  })

  test('an article names its preprint', () => {
    expect(work('10.1016/j.ymben.2025.03.017')).toMatchObject({
      type: 'article',
      date: '2025-09',
      related: [{ relation: 'has-preprint', doi: '10.1101/2024.11.15.623819' }],
    })
  })

  test('markup in a title becomes plain text', () => {
    expect(work('10.1063/1.4802210')?.title).toBe('Antisite defects in La0.7Sr0.3MnO3 and La0.7Sr0.3FeO3')
  })

  test('a record without a date has no year, and a journal is said not to be a single work', () => {
    const journal = read.works.find((entry) => entry.work.doi === '10.31489/2518-1998')
    expect(journal?.work).toMatchObject({ type: 'other', year: null, date: null })
    expect(journal?.notes).toContainEqual({ code: 'not-a-single-work', params: { type: 'journal' } })
  })

  test('an answer of the API is read like its record', () => {
    const record = { DOI: '10.1/x', type: 'journal-article', title: ['T'], member: '1' }
    for (const answer of [{ message: record }, { message: { items: [record] } }, [record]]) {
      const result = parseWorks(JSON.stringify(answer))
      expect(result.format).toBe('crossref-json')
      expect(result.works[0]?.notes[0]?.code).toBe('doi-form') // 10.1 is too short for a prefix
    }
  })
})

describe('OpenAlex', () => {
  const read = parseWorks(fixture('openalex.json'))

  test('an answer of the API gives its works, a first of the month known to the month only', () => {
    expect(read).toMatchObject({ format: 'openalex-json', refused: [] })
    expect(read.works.map(({ work }) => [work.type, work.date, work.doi])).toEqual([
      ['conference-paper', '2018-05', null],
      ['article', '2004-09', '10.1257/0002828042002561'],
      ['article', '1966-08', null],
    ])
  })

  test('ISSNs, pages and authors are read', () => {
    expect(read.works[1]?.work).toMatchObject({
      container: 'The American Economic Review',
      issns: ['0002-8282', '1944-7981'],
      authors: [{ family: 'Bertrand', given: 'Marianne' }, { family: 'Mullainathan' }],
    })
  })
})

describe('BibTeX', () => {
  test("a paper takes title, year and ISBN of its volume, but not the volume's address", () => {
    const read = parseWorks(fixture('jabref__crossref.bib'))
    expect(read.works).toHaveLength(4)
    expect(read.works[0]).toMatchObject({ line: 3, key: 'DBLP:conf/wicsa/ZimmermannWKG15' })
    expect(read.works[0]?.work).toMatchObject({
      type: 'conference-paper',
      isbns: ['9781479919222'],
      doi: '10.1109/wicsa.2015.29',
      pages: '85-94',
    })
  })

  test("a volume's DOI is not inherited by its papers", () => {
    const text =
      '@inproceedings{a, title={A}, crossref={v}} @proceedings{v, title={V}, doi={10.1000/v}, year=2020}'
    expect(only(text)).toMatchObject({ title: 'A', doi: null, year: 2020, container: 'V' })
  })

  test('UTF-16 is read', () => {
    const read = parseWorks(fixture('jabref__tiny-LE-withBOM.bib'))
    expect(read).toMatchObject({ encoding: 'utf-16le', refused: [] })
    expect(read.works[0]?.work).toMatchObject({ doi: '10.1136/vr.d6221', date: '2011-12' })
  })

  test('one broken entry is refused alone, with its line', () => {
    const text =
      '@article{a, title={A}}\n@article{b, title={B}, pages = {1 {2}\n@article{c, title={C}}\n@article{d title}'
    const read = parseWorks(text)
    expect(read.works.map(({ work }) => work.title)).toEqual(['A', 'C'])
    expect(read.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'entry-not-closed'],
      [4, 'entry-syntax'],
    ])
  })

  test('a field that is no TeX is read as plain text and the rest is kept', () => {
    const read = parseWorks('@article{a, title={Costs of $5 {and} more}, year={2019}}')
    expect(read.works[0]).toMatchObject({ work: { title: 'Costs of 5 and more', year: 2019 } })
    expect(read.works[0]?.notes).toEqual([{ code: 'field-read-as-plain-text', params: { field: 'title' } }])
  })

  test('TeX letters and commands become text', () => {
    const text = String.raw`@article{a, title={Erd{\H o}s and \textit{{\"o}kologie} H$_2$O}, author={{\.{Z}}elazny, {\'S}wi{\k{e}}tos{\l}aw}}`
    expect(only(text)).toMatchObject({
      title: 'Erdős and ökologie H₂O',
      authors: [{ family: 'Żelazny', given: 'Świętosław' }],
    })
  })

  test('a name in braces is a group, a name with a particle a person', () => {
    expect(
      only('@article{a, title={T}, author={{World Health Organization} and Jan van der Berg}}')?.authors,
    ).toMatchObject([
      { family: null, literal: 'World Health Organization' },
      { family: 'van der Berg', given: 'Jan' },
    ])
  })

  test('abbreviations of one file are not known to the next', () => {
    expect(
      only('@string{vb = "Вестник Л.Н. Гумилева"} @article{a, title={A}, journal = vb}')?.container,
    ).toBe('Вестник Л.Н. Гумилева')
    expect(only('@article{a, title={A}, journal = vb}')?.container).toBeNull()
  })

  test('entries that name each other as parent end nowhere but are read', () => {
    const text = '@book{a, title={A}, crossref={b}} @book{b, title={B}, crossref={a}}'
    expect(parseWorks(text).works.map(({ work }) => work.title)).toEqual(['A', 'B'])
  })

  test.each([
    ['no key', '@article{title = {T}, year = 2020}'],
    ['an empty key', '@article{, title = {T}, year = 2020}'],
    ['a key with blanks', '@article{my key 1, title = {T}, year = 2020}'],
    ['no comma after the key', '@article{key\n title = {T}, year = 2020}'],
    ['no comma between fields', '@article{key, title = {T}\n year = 2020}'],
    ['two commas', '@article{key, title = {T},, year = 2020}'],
    ['a bare value', '@article{key, title = {T}, pages = 12--15, year = 2020}'],
    ['round brackets', '@article(key, title = {T}, year = 2020)'],
    ['upper case and blanks', '@ARTICLE { key , TITLE = "T" , YEAR = "2020" }'],
  ])('an entry with %s is read', (_, text) => {
    expect(parseWorks(text)).toMatchObject({ works: [{ work: { title: 'T', year: 2020 } }], refused: [] })
  })

  test('a volume may have its title as booktitle, shared data is no work', () => {
    const text = '@proceedings{p, booktitle={Volume}} @xdata{x, title={X}} @inproceedings{i, booktitle={V}}'
    const read = parseWorks(text)
    expect(read.works.map(({ work }) => work.title)).toEqual(['Volume'])
    expect(read.refused.map(({ reason }) => reason)).toEqual(['not-a-work', 'title-missing'])
  })

  test('without a title but with a DOI is refused with the DOI, for a look-up', () => {
    expect(parseWorks('@article{a, doi={10.1000/ABC}}').refused).toMatchObject([
      { reason: 'title-missing', params: { doi: '10.1000/abc' } },
    ])
  })

  test('an arXiv entry is a preprint', () => {
    expect(only('@article{a, title={A}, journal={arXiv preprint arXiv:1201.0490}}')?.type).toBe('preprint')
  })

  test('an unknown year is null', () => {
    expect(only('@article{a, title={A}, year={in press}}')).toMatchObject({ year: null, date: null })
  })
})

describe('RIS', () => {
  test('of several dates the publication date is taken', () => {
    expect(parseWorks(fixture('jabref__RisImporterTest6.ris')).works[0]?.work).toMatchObject({
      date: '2013-04-18',
      issns: ['1537-744X'],
      container: 'The Scientific World Journal',
      authors: [{ family: 'Sears', given: 'Margaret E' }],
    })
  })

  test('records without a title are refused one by one', () => {
    const read = parseWorks(fixture('rispy__example_multiline.ris'))
    expect(read.works).toEqual([])
    expect(read.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'title-missing'],
      [8, 'title-missing'],
      [17, 'title-missing'],
    ])
  })

  test('a value may hold the separator of tags, run over lines, and stand in Cyrillic', () => {
    const text =
      'TY  - JOUR\r\nTI  - Қазақ тілі  - тарихы\r\n  мен бүгіні\r\nAU  - Әлиев, Ә. Б.\r\nPY  - 2021\r\nER  - \r\n'
    expect(only(text)).toMatchObject({
      title: 'Қазақ тілі - тарихы мен бүгіні',
      authors: [{ family: 'Әлиев', given: 'Ә. Б.' }],
    })
  })

  test('numbers of a book and of its series are told apart, wrong ones left out with a note', () => {
    const text = 'TY  - CHAP\nTI  - T\nSN  - 978-1-4822-5326-9\nSN  - 0378-5955\nSN  - 0378-5954\nER  - '
    const read = parseWorks(text).works[0]
    expect(read?.work).toMatchObject({ isbns: ['9781482253269'], issns: ['0378-5955'] })
    expect(read?.notes).toEqual([{ code: 'issn-checksum', params: { value: '0378-5954' } }])
  })
})

describe('CSL-JSON', () => {
  test('is read with partial dates', () => {
    const item = {
      type: 'chapter',
      id: 1,
      title: 'T',
      issued: { 'date-parts': [[2020]] },
      author: [{ literal: 'WHO' }],
    }
    expect(only(JSON.stringify([item]))).toMatchObject({
      type: 'chapter',
      date: '2020',
      authors: [{ literal: 'WHO' }],
    })
  })
})

describe('a file', () => {
  test.each([
    ['', 'file-empty'],
    ['<?xml version="1.0"?><records/>', 'format-not-read'],
    ['PMID- 123\nTI  - x', 'format-not-read'],
    ['{"a": ', 'json-syntax'],
    ['just some words', 'format-unknown'],
  ])('%j is refused as a whole', (text, reason) => {
    expect(parseWorks(text)).toMatchObject({ format: null, works: [], refused: [{ index: null, reason }] })
  })

  test('in a code page is read with a note that the encoding is a guess', () => {
    const text = Uint8Array.from(
      Buffer.concat([Buffer.from('@article{a, title={Caf'), Buffer.of(0xe9, 0x7d, 0x7d)]),
    )
    const read = parseWorks(text)
    expect(read.works[0]?.work.title).toBe('Café')
    expect(read.notes).toEqual([{ code: 'encoding-guessed', params: { encoding: 'windows-1252' } }])
  })

  test('with a broken JSON line loses that line only', () => {
    const good = JSON.stringify({ id: 'https://openalex.org/W1', title: 'T', type: 'article' })
    const read = parseWorks(`${good}\n{"id": \n${good}`)
    expect(read.works).toHaveLength(2)
    expect(read.refused).toMatchObject([{ line: 2, reason: 'json-syntax' }])
  })
})

describe('whatever a file holds', () => {
  const pieces = [
    '@article{',
    'k,',
    'title = {',
    'T',
    '}',
    '"',
    '\\',
    '$',
    '#',
    '\n',
    'TY  - JOUR\n',
    'TI  - x\n',
    'ER  - ',
    '{"id":',
    '[',
    ',',
  ]
  const text = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })))
    .map((parts) => parts.join(''))

  test('reading it never throws, and every entry comes out once', () => {
    fc.assert(
      fc.property(text, (input) => {
        const { works, refused } = parseWorks(input)
        const places = [...works, ...refused].map(({ index }) => index).filter((index) => index !== null)
        expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, i) => i))
      }),
    )
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseWorks(bytes)))
  })
})
