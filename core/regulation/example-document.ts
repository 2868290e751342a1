import { z } from 'zod'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { defineWeighting } from '../plugin/weighting.ts'
import { definePointsFunction } from '../plugin/points-function.ts'
import { UstazError } from '../contract/problem.ts'
import type { Supply } from './check/supply.ts'

/** For tests: a small document without any fault, as one writes it; `changes` replace whole sections. */
export function exampleInput(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const text = (en: string) => ({ kk: en, ru: en, en })
  return {
    code: 'example',
    version: '1',
    title: text('Example'),
    description: text('For tests'),
    source: 'order 1',
    periodStart: '09-01',
    areas: [{ id: 'A1', title: text('Books') }],
    criteria: [criterionInput('1.1')],
    norms: [{ id: 'N', title: text('Norm'), byPosition: { professor: '10', lecturer: '5' } }],
    eligibility: [{ id: 'E', title: text('Rate'), kind: 'rate', atLeast: '1' }],
    leagues: [{ id: 'L', title: text('All'), positions: ['professor', 'lecturer'] }],
    bands: [
      { id: 'B1', title: text('low'), from: null, to: '10' },
      { id: 'B2', title: text('high'), from: '10', to: null },
    ],
    weighting: { id: 'test.shares', params: { shares: [100] } },
    rounding: { digits: 2 },
    ...changes,
  }
}

/** For tests: a criterion of the example, counting books by their sheets. */
export function criterionInput(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    area: 'A1',
    title: { kk: id, ru: id, en: id },
    unit: 'printed-sheet',
    indicator: 'test.book',
    points: { kind: 'per-value', of: 'sheets', points: '45' },
    ...changes,
  }
}

export function exampleDocument(changes: Record<string, unknown> = {}): RegulationDocument {
  return regulationDocumentSchema.parse(exampleInput(changes))
}

const book = z.object({
  type: z.enum(['textbook', 'manual']),
  stamp: z.enum(['ministry', 'university']).nullable().default(null),
  sheets: z.number().nullable().default(null),
  electronic: z.boolean().nullable().default(null),
  title: z.string(),
  authors: z.array(z.string()),
})

const shares = defineWeighting({
  id: 'shares',
  params: z.object({ shares: z.array(z.number()) }),
  needs: 'nothing',
  weigh({ params }) {
    const total = params.shares.reduce((sum, share) => sum + share, 0)
    if (total !== 100) throw new UstazError('test.not-100', { params: { total } })
    return { weights: {}, how: {} }
  },
})

/** Sheets of a book, times what the regulation says. */
const stretch = definePointsFunction({
  id: 'stretch',
  params: z.strictObject({ times: z.number() }),
  values: z.object({ sheets: z.number() }),
  points: ({ params, values }) => params.times * values.sheets,
})

/** For tests: books with authors and translators, books of another shape without roles, one weighting, two positions. */
export const exampleSupply: Supply = {
  indicator(id) {
    if (id !== 'test.book' && id !== 'test.leaflet') return null
    const roles = id === 'test.book' ? ['author', 'translator'] : []
    const rest = { unit: 'printed-sheet', source: 'evidence', participants: 'many', lasting: false } as const
    return { attributes: z.toJSONSchema(book), roles, ...rest }
  },
  weighting: (id) => (id === 'test.shares' ? shares : null),
  pointsFunction: (id) => (id === 'test.stretch' ? stretch : null),
  positions: new Set(['professor', 'lecturer']),
}
