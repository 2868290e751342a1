import type { z } from 'zod'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { ExampleFact, ExampleResult } from './example-university.ts'

type Input = z.input<typeof regulationDocumentSchema>
export const exampleText = (word: string) => ({ kk: word, ru: word, en: word })

/** What a test says of its regulation; `areas` and `criteria` in short: id -> what is not usual in it. */
export interface ExampleRules extends Partial<Omit<Input, 'areas' | 'criteria'>> {
  areas: Record<string, Partial<Input['areas'][number]>>
  /** Criterion id -> area, or area and more. */
  criteria: Record<string, string | (Partial<Input['criteria'][number]> & { area: string })>
}

/** For tests: a document whose criteria give each fact the points that stand in it, so that sums are easy to see. */
export function exampleRules({ areas, criteria, ...rest }: ExampleRules): RegulationDocument {
  return regulationDocumentSchema.parse({
    code: 'rules',
    version: '1',
    title: exampleText('Rules'),
    description: exampleText('Rules'),
    source: 'core/rating/example-rules.ts',
    periodStart: '09-01',
    areas: Object.entries(areas).map(([id, area]) => ({ id, title: exampleText(id), ...area })),
    criteria: Object.entries(criteria).map(([id, criterion]) => ({
      id,
      title: exampleText(id),
      unit: 'item',
      indicator: 'example.thing',
      where: [{ value: 'type', is: [id] }],
      points: { kind: 'per-value', of: 'points', points: '1' },
      ...(typeof criterion === 'string' ? { area: criterion } : criterion),
    })),
    leagues: [{ id: 'all', title: exampleText('All') }],
    weighting: { id: 'points' },
    rounding: { digits: 2 },
    ...rest,
  })
}

/** A fact for each criterion that gives so many points; null: nobody knows how many. */
export function pointsOf(points: Readonly<Record<string, number | null>>): ExampleFact[] {
  return Object.entries(points).map(([type, value]) => ({
    indicator: 'example.thing',
    attributes: { type, points: value },
  }))
}

/** Lines as [kind, clause, amount], without those of single facts. */
export function linesOf({ results }: ExampleResult, code: string): string[][] {
  return results
    .get(code)!
    .lines.filter(({ kind }) => kind !== 'points')
    .map(({ kind, clause, amount }) => [kind, clause, plain(amount)])
}

/** An exact decimal without trailing zeros. */
export const plain = (amount: string) => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount)
