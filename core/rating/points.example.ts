import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import { enterExample, rateExample } from './example-university.ts'
import type { ExampleFact, ExampleResult, ExampleTeacher } from './example-university.ts'

const text = (word: string) => ({ kk: word, ru: word, en: word })

/** For tests: a document with just these criteria (id C1, C2, ... and facts of `example.thing` where they say nothing else). */
export function documentOf(
  criteria: readonly Record<string, unknown>[],
  changes: Record<string, unknown> = {},
): RegulationDocument {
  return regulationDocumentSchema.parse({
    code: 'example',
    version: '1',
    title: text('Example'),
    description: text('Example'),
    source: 'core/rating/points.example.ts',
    periodStart: '09-01',
    areas: [{ id: 'A', title: text('A') }],
    criteria: criteria.map((criterion, index) => ({
      id: `C${index + 1}`,
      area: 'A',
      title: text(`C${index + 1}`),
      unit: 'item',
      indicator: 'example.thing',
      points: { kind: 'per-unit', points: '1' },
      ...criterion,
    })),
    leagues: [{ id: 'all', title: text('all'), positions: ['professor', 'lecturer'] }],
    weighting: { id: 'points' },
    rounding: { digits: 2 },
    ...changes,
  })
}

/** A fact of `example.thing` with these attributes. */
export function thing(
  attributes: Record<string, unknown> = {},
  more: Partial<ExampleFact> = {},
): ExampleFact {
  return { indicator: 'example.thing', attributes, ...more }
}

/** A lecturer, where nothing else is said. */
export function teacherWith(
  facts: readonly ExampleFact[],
  more: Partial<ExampleTeacher> = {},
): ExampleTeacher {
  return { code: 'T', position: 'lecturer', facts, ...more }
}

/** Rates these teachers in a university of their own. */
export async function rateTeachers(
  document: RegulationDocument,
  teachers: readonly ExampleTeacher[],
): Promise<ExampleResult['results']> {
  const database = await createTestDatabase()
  try {
    await enterExample(database, teachers)
    return (await rateExample(database, document)).results
  } finally {
    await database.drop()
  }
}

/** Lines as [kind, clause, amount], amounts without trailing zeros. */
export function shownLines(result: {
  lines: readonly { kind: string; clause: string; amount: string }[]
}): string[][] {
  return result.lines.map(({ kind, clause, amount }) => [kind, clause, plain(amount)])
}

export const plain = (amount: string) => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount)
