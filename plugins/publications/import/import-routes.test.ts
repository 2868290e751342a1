import { readFileSync } from 'node:fs'
import { createEvidence, getEvidence, listEvidence } from '@ustaz/core/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PreviewEntry } from '../contract.ts'
import { commitImport, importLimits, matchAuthors, previewImport } from '../contract.ts'
import type { TestFile, TestPublications } from '../test-publications.ts'
import { createTestPublications } from '../test-publications.ts'

let server: TestPublications
beforeAll(async () => {
  server = await createTestPublications()
})
afterAll(() => server.close())

const fixture = (name: string): TestFile =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)))
const preview = (file: TestFile, account: 'aigul' | 'marat' | 'office' = 'aigul') =>
  server.ask(account, previewImport, {}, file)

/** As a person confirms an entry: the best suggestion taken where there is one. */
function chosen({ work, happenedOn, authors }: PreviewEntry) {
  const participants = authors.map(({ name, suggestions: [best] }) => ({
    teacherId: best?.teacherId ?? null,
    name: best?.name ?? name,
    role: best ? 'author' : null,
    share: null,
    affiliated: best !== undefined,
  }))
  return { work, happenedOn, participants }
}
const commit = (entries: readonly PreviewEntry[], account: 'aigul' | 'marat' = 'aigul') =>
  server.ask(account, commitImport, { body: { works: entries.map(chosen) } })

const bibtex = (
  title: string,
  fields: string,
  authors = 'Orazbayeva, Aigul and Akhmetov, M. and Smith, John',
) =>
  `@article{key, title = {${title}}, author = {${authors}}, journal = {Bulletin}, year = 2025, ${fields}}\n`
const crossref = (title: string, doi: string) =>
  JSON.stringify({
    DOI: doi,
    member: '1',
    type: 'journal-article',
    title: [title],
    'container-title': ['Bulletin'],
    issued: { 'date-parts': [[2025, 4, 17]] },
    author: [{ family: 'Orazbayeva', given: 'Aigul', sequence: 'first' }],
  })

describe('a preview', () => {
  test('of a real BibTeX file shows the work, and says what of its date is missing', async () => {
    const { format, entries, refused } = await preview(fixture('jabref__RisImporterTestDate1.1.bib'))
    expect({ format, refused }).toEqual({ format: 'bibtex', refused: [] })
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      index: 0,
      line: 1,
      work: { doi: '10.1063/1.1954747', date: '2005-07', issns: ['0021-9606'] },
      happenedOn: null,
      known: null,
      sameAs: null,
    })
    expect(entries[0]?.notes).toEqual([
      {
        code: 'day-unknown',
        params: { date: '2005-07' },
        message: 'Only the month is known (2005-07): the exact day must be filled in before submitting.',
      },
    ])
    expect(entries[0]?.authors).toHaveLength(6)
  })

  test('takes the day where the source has it', async () => {
    const { entries } = await preview(fixture('jabref__RisImporterTest6.ris'))
    expect(entries[0]).toMatchObject({ happenedOn: '2013-04-18', notes: [] })
  })

  test('proposes teachers with reasons in words, across scripts, and writes nothing', async () => {
    const before = await server.ask('office', listEvidence, {})
    const { entries } = await preview(bibtex('Names', 'doi = {10.1000/names}'))
    const [aigul, marat, smith] = entries[0]?.authors ?? []
    expect(aigul).toMatchObject({
      name: 'Orazbayeva Aigul',
      suggestions: [{ teacherId: server.university.teachers.aigul, name: 'Оразбаева Айгүл' }],
    })
    expect(aigul?.suggestions[0]?.reasons.map(({ message }) => message)).toEqual([
      'same family name',
      'same given name',
    ])
    // Whoever imports takes part; of oneself that says nothing.
    expect(marat?.suggestions[0]?.reasons.map(({ code }) => code)).toEqual([
      ...['family-same', 'given-initial', 'same-unit'],
    ])
    expect(marat?.suggestions[0]?.confidence).toBeLessThan(aigul?.suggestions[0]?.confidence ?? 0)
    expect(smith).toEqual({ name: 'Smith John', suggestions: [] })
    expect((await server.ask('office', listEvidence, {})).total).toBe(before.total)
  })

  test('finds a teacher who has no Latin name by the name in Cyrillic', async () => {
    const latinless = { code: 'latinless', family_name: 'Жұмабаев', given_name: 'Қанат' }
    const { id } = await server.context.db
      .insertInto('teacher')
      .values(latinless)
      .returning('id')
      .executeTakeFirstOrThrow()
    const { entries } = await preview(bibtex('Scripts', '', 'Zhumabayev, Kanat'))
    expect(entries[0]?.authors[0]?.suggestions[0]).toMatchObject({ teacherId: id })
  })

  test('names what is refused, and a DOI that may complete it', async () => {
    const file = `${bibtex('Fine', '')}\n@article{bad, doi = {10.1000/untitled}, year = 2024}\n@article{open, title = {Never`
    const { entries, refused } = await preview(file)
    expect(entries.map(({ work }) => work.title)).toEqual(['Fine'])
    expect(refused.map(({ reason, doi, line }) => ({ code: reason.code, doi, line }))).toEqual([
      { code: 'title-missing', doi: '10.1000/untitled', line: 3 },
      { code: 'entry-not-closed', doi: null, line: 4 },
    ])
  })

  test('joins entries of one file that are one work', async () => {
    const title = 'Twice in one file'
    const file = bibtex(title, 'doi = {10.1000/twice}') + bibtex(title, 'pages = {3--9}')
    const { entries } = await preview(file)
    expect(entries.map(({ index, sameAs }) => ({ index, sameAs }))).toEqual([
      { index: 0, sameAs: null },
      { index: 1, sameAs: 0 },
    ])
    expect(entries[0]?.work).toMatchObject({ doi: '10.1000/twice', pages: '3-9' })
  })

  test('says of another edition with another DOI that a person must look', async () => {
    const title = 'Two editions'
    const file = bibtex(title, 'doi = {10.1000/one}') + bibtex(title, 'doi = {10.1000/two}')
    const { entries } = await preview(file)
    expect(entries.map(({ doubtful }) => doubtful)).toEqual([[1], [0]])
  })

  test('of a file that is none says so', async () => {
    const { format, entries, refused } = await preview('Ustaz')
    expect({ format, entries }).toEqual({ format: null, entries: [] })
    expect(refused[0]?.reason.code).toBe('format-unknown')
  })

  test('refuses more entries than one file may hold, and no file', async () => {
    const many = Array.from(
      { length: importLimits.entries + 1 },
      (_, i) => `{"type":"book","title":"B ${i}"}`,
    )
    expect(await server.refusal('aigul', previewImport, {}, `[${many.join()}]`)).toMatchObject({
      status: 413,
      code: 'publications.import-too-many',
      detail: 'The file holds 2001 entries; at most 2000 can be imported at once. Divide it.',
    })
    expect(await server.refusal('aigul', previewImport, {})).toMatchObject({
      status: 400,
      code: 'publications.import-empty',
    })
    const large = new Uint8Array(importLimits.megabytes * 1024 * 1024 + 1)
    expect(await server.refusal('aigul', previewImport, {}, large)).toMatchObject({
      status: 413,
      code: 'publications.import-too-large',
    })
  })

  test.each(['management', 'nobody'] as const)('is refused to %s', async (account) => {
    expect(await server.refusal(account, previewImport, {}, bibtex('X', ''))).toMatchObject({
      status: 403,
      code: 'not-allowed',
    })
    const works = [
      { work: { type: 'book', title: 'X' } as const, happenedOn: null, participants: [outsider] },
    ]
    expect(await server.refusal(account, commitImport, { body: { works } })).toMatchObject({ status: 403 })
  })
})

const outsider = { teacherId: null, name: 'Smith John', role: null, share: null, affiliated: false }

describe('a confirmed import', () => {
  test('makes drafts with the confirmed participants, day unknown where the source does not say it', async () => {
    const { entries } = await preview(bibtex('Entered', 'doi = {10.1000/entered}, month = mar'))
    const { outcomes } = await commit(entries)
    expect(outcomes).toEqual([{ outcome: 'created', id: expect.any(Number) as number }])
    const [created] = outcomes
    const entry = await server.ask('aigul', getEvidence, { params: { id: created?.id ?? 0 } })
    expect(entry).toMatchObject({
      state: 'draft',
      title: 'Entered',
      happenedOn: null,
      identity: 'doi:10.1000/entered',
      participants: [
        {
          teacherId: server.university.teachers.aigul,
          name: 'Оразбаева Айгүл',
          role: 'author',
          affiliated: true,
        },
        { teacherId: server.university.teachers.marat, name: 'Ахметов Марат' },
        { teacherId: null, name: 'Smith John', affiliated: false },
      ],
      missing: [{ path: '/happenedOn', code: 'date-missing' }],
    })
  })

  test('of the same work from BibTeX without DOI, then from Crossref, makes one entry', async () => {
    const title = 'One work from two sources'
    const [first] = (await commit((await preview(bibtex(title, ''))).entries)).outcomes
    const { entries } = await preview(crossref(title, '10.1000/two-sources'))
    expect(entries[0]?.known).toMatchObject({ id: first?.id, certain: true, state: 'draft' })
    expect((await commit(entries)).outcomes).toEqual([
      { outcome: 'duplicate', id: first?.id, title, state: 'draft' },
    ])
  })

  test('of the same work from Crossref, then from BibTeX without DOI, makes one entry', async () => {
    const title = 'One work, the other way round'
    const [first] = (await commit((await preview(crossref(title, '10.1000/other-way'))).entries)).outcomes
    const { entries } = await preview(bibtex(`{${title}}`, ''))
    expect(entries[0]?.known).toMatchObject({ id: first?.id, certain: true })
    expect((await commit(entries)).outcomes[0]).toMatchObject({ outcome: 'duplicate', id: first?.id })
  })

  test('by a second co-author answers with the entry of the first', async () => {
    const file = bibtex('Work of two', 'doi = {10.1000/of-two}')
    const [first] = (await commit((await preview(file)).entries)).outcomes
    const { entries } = await preview(file, 'marat')
    expect(entries[0]?.known).toEqual({
      id: first?.id,
      title: 'Work of two',
      state: 'draft',
      identity: 'doi:10.1000/of-two',
      certain: true,
    })
    expect((await commit(entries, 'marat')).outcomes[0]).toMatchObject({
      outcome: 'duplicate',
      id: first?.id,
    })
  })

  test('finds what was entered by hand, without authors, as perhaps the same', async () => {
    const entered = await server.ask('aigul', createEvidence, {
      body: {
        indicator: 'publications.work',
        data: { type: 'article', title: 'Entered by hand', year: 2025 },
        happenedOn: '2025-05-05',
        participants: [{ ...outsider, teacherId: server.university.teachers.aigul, role: 'author' }],
      },
    })
    const { entries } = await preview(bibtex('Entered by Hand', ''), 'marat')
    expect(entries[0]?.known).toMatchObject({ id: entered.id, certain: false, identity: null })
    expect((await commit(entries, 'marat')).outcomes[0]).toMatchObject({ outcome: 'created' })
  })

  test('with one work twice enters it once, the one with the DOI', async () => {
    const title = 'Twice confirmed'
    const without = await preview(bibtex(title, ''))
    const withDoi = await preview(bibtex(title, 'doi = {10.1000/confirmed}'))
    const { outcomes } = await commit([...without.entries, ...withDoi.entries])
    expect(outcomes).toEqual([
      { outcome: 'duplicate', id: outcomes[1]?.id, title, state: 'draft' },
      { outcome: 'created', id: expect.any(Number) as number },
    ])
  })

  test('with a fault enters none and names the work by its place in the request', async () => {
    const { entries } = await preview(
      crossref('Known already', '10.1000/entered') + '\n' + crossref('Never entered', '10.1000/never'),
    )
    const works = entries.map(chosen).map((work) => ({
      ...work,
      participants: [{ ...outsider, role: 'reader' }],
    }))
    expect(await server.refusal('aigul', commitImport, { body: { works } })).toMatchObject({
      status: 400,
      code: 'evidence-invalid',
      issues: [{ path: '/works/1/participants/0/role', code: 'role-unknown' }],
    })
    const { entries: again } = await preview(crossref('Never entered', '10.1000/never'))
    expect(again[0]?.known).toBeNull()
  })
})

test('a name that a person typed is held against teachers as a printed one is, whatever the script', async () => {
  const names = ['Orazbayeva Aigul', 'Ахметов М.', 'Smith, John']
  const { items } = await server.ask('aigul', matchAuthors, { body: { names } })
  expect(items.map(({ name }) => name)).toEqual(names)
  const best = items.map(({ suggestions: [first] }) => first)
  expect(best[0]!.name).toContain('Оразбаева')
  expect(best[0]!.reasons.length).toBeGreaterThan(0)
  expect(best[1]!.name).toContain('Ахметов')
  expect(best[2]).toBeUndefined()
})

test('works together speak for a teacher, and only those that the asker may see', async () => {
  const { teachers, accounts } = server.university
  const { db } = server.context
  const approved = async (teacherIds: readonly number[], state: 'approved' | 'draft') => {
    const { id } = await db
      .insertInto('evidence')
      .values({
        ...{ indicator: 'publications.work', data: '{}', title: 'x', happened_on: '2026-01-01', state },
        ...{ participant_count: 2, affiliated_count: 2, role_counts: '{}', created_by: accounts.office },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const rows = teacherIds.map((teacher_id, i) => ({
      evidence_id: id,
      ordinal: i + 1,
      teacher_id,
      name: 'x',
    }))
    await db.insertInto('evidence_participant').values(rows).execute()
  }
  await approved([teachers.aigul, teachers.marat], 'approved')
  await approved([teachers.marat, teachers.aigul], 'approved')
  await approved([teachers.aigul, teachers.marat], 'draft')
  await approved([teachers.elsewhere, teachers.marat], 'approved')
  const together = async (account: 'aigul' | 'office' | 'dean', teacherId: number) => {
    const { items } = await server.ask(account, matchAuthors, {
      body: { names: ['Akhmetov M.'], teacherIds: [teacherId] },
    })
    const reasons = items[0]!.suggestions[0]!.reasons
    return reasons.find(({ code }) => code === 'worked-together')?.message ?? null
  }
  expect(await together('aigul', teachers.aigul)).toBe('approved works together: 2')
  expect(await together('aigul', teachers.elsewhere)).toBeNull()
  expect(await together('dean', teachers.aigul)).toBe('approved works together: 2')
  expect(await together('dean', teachers.elsewhere)).toBeNull()
  expect(await together('office', teachers.elsewhere)).toBe('approved works together: 1')
})
