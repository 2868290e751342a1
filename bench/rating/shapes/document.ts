import { regulationDocumentSchema } from '../../../core/contract/index.ts'
import type { RegulationDocument } from '../../../core/contract/index.ts'

/** Kinds of evidence of the benchmark; each has 10 types with a criterion of its own. */
export const kinds = ['work', 'project', 'service'] as const
const typesPerKind = 10
const text = (word: string) => ({ kk: word, ru: word, en: word })

/**
 * 30 criteria over three indicators with the shapes of KazUTB's table: fixed points, printed sheets shared among co-authors
 * with a minimum, quartiles, places, tiers and money; norms by position, caps, eligibility, two leagues and bands.
 */
export function benchRegulation(): RegulationDocument {
  const criteria = kinds.flatMap((kind, k) =>
    Array.from({ length: typesPerKind }, (_, type) => ({
      id: `${k + 1}.${type + 1}`,
      area: `K${k + 1}`,
      title: text(`${kind} ${type}`),
      unit: 'item',
      indicator: `bench.${kind}`,
      where: [{ value: 'type', is: [`t${type}`] }],
      ...shape(type),
    })),
  )
  return regulationDocumentSchema.parse({
    code: 'bench',
    version: '1',
    title: text('Benchmark'),
    description: text('Benchmark'),
    source: 'bench/rating',
    periodStart: '09-01',
    areas: kinds.map((_, k) => ({ id: `K${k + 1}`, title: text(`K${k + 1}`), cap: k === 2 ? '900' : null })),
    criteria,
    norms: [
      {
        id: 'N',
        title: text('Norm'),
        byPosition: {
          professor: '1000',
          'associate-professor': '800',
          'senior-lecturer': '600',
          lecturer: '500',
        },
      },
    ],
    eligibility: [{ id: 'E1', title: text('Rate'), kind: 'rate', atLeast: '1' }],
    leagues: [
      { id: 'L1', title: text('Professors'), positions: ['professor', 'associate-professor'] },
      { id: 'L2', title: text('Lecturers'), positions: ['senior-lecturer', 'lecturer'] },
    ],
    bands: [
      { id: 'low', title: text('low'), from: null, to: '400' },
      { id: 'high', title: text('high'), from: '400', to: null },
    ],
    weighting: { id: 'bench.points' },
    rounding: { digits: 2 },
  })
}

/** What a criterion of each type does with a fact; types 6 to 9 are rare kinds that most facts do not reach. */
function shape(type: number): Record<string, unknown> {
  switch (type) {
    case 0:
      return {
        points: { kind: 'per-value', of: 'sheets', points: '45' },
        split: { kind: 'equal', minimum: { of: 'sheets', perParticipant: '2.5' } },
      }
    case 1:
      return { points: { kind: 'table', by: 'quartile', points: { 1: '200', 2: '150', 3: '100', 4: '50' } } }
    case 2:
      return { points: { kind: 'table', by: 'place', points: { 1: '70', 2: '50', 3: '30' } }, cap: '140' }
    case 3:
      return {
        points: {
          kind: 'tiers',
          of: 'percent',
          tiers: [
            { from: '80', to: '96', toInclusive: false, points: '1' },
            { from: '96', to: '100', points: '2' },
          ],
        },
      }
    case 4:
      return { points: { kind: 'per-value', of: 'amount', points: '5', per: '1000' } }
    default:
      return { points: { kind: 'per-unit', points: String(10 * type) }, split: { kind: 'equal' } }
  }
}
