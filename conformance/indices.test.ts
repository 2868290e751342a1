import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkIndices } from './indices.ts'
import { disagreements } from './indices/agreement.ts'

const folder = mkdtempSync(join(tmpdir(), 'indices-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (to: string, text: string) => writeFileSync(join(folder, to), text)
for (const part of ['ahp', 'mcdm', 'coinr_asem', 'empty']) mkdirSync(join(folder, part))

const node = (names: string[], matrix: number[][]) => ({ names, matrix })
const twice = [[1, 2], [0.5, 1]] // prettier-ignore
write(
  'ahp/ahp_cases.json',
  JSON.stringify({
    cases: [
      {
        id: 'tree',
        published: { global_weights: { X: 0.444, Y: 0.222, B: 0.333 }, CR_criteria: 0, odd: 5, note: 'text' },
        recomputed: { criteria: node(['A', 'B'], twice), children: { A: node(['X', 'Y'], twice) } },
      },
      { id: 'wrong', published: { weights: [0.5, 0.5] }, recomputed: { matrix: twice, lambda_max: 2.5 } },
      { id: 'gaps', published: { weights: [0.5, 0.5] } },
    ],
  }),
)
write(
  'mcdm/mcdm_cases.json',
  JSON.stringify([
    { name: 'base 2', method: 'EqualWeighter(base_value=2)', matrix: [[1, 2]], expected: { weights: [1, 1] } },
    { name: 'std', call: 'weights.standard_deviation_weights(matrix)', matrix: [[1, 2], [4, 16]], expected: [0.18, 0.82] },
    { name: 'wrong', call: 'weights.entropy_weights(matrix)', matrix: [[1, 2], [4, 16]], expected: [0.31, 0.69] },
    { name: 'refused', method: 'EntropyWeighter()', matrix: [[-1, 2], [4, 16]], expected: [0.5, 0.5] },
    { name: 'other', method: 'TOPSIS()', matrix: [[1, 2]], expected: [1, 2] },
  ]), // prettier-ignore
)
write('coinr_asem/structure.csv', 'IndCode,Agg1,Agg2\na,P,I\nb,P,I\nc,Q,I\n')
write('coinr_asem/weights.csv', 'AgLevel,Code,Weight\n1,a,1\n1,b,1\n1,c,1\n2,P,1\n2,Q,1\n3,I,1\n')
write('coinr_asem/step5_normalised.csv', 'UnitCode,a,b,c\nU,10,20,40\n')
write('coinr_asem/step6_aggregated.csv', 'UnitCode,a,b,c,P,Q,I\nU,10,20,40,15,40,30\n')
write('coinr_asem/step1_raw.csv', 'UnitCode,a\nU,1\n')

/** Four units; P = b, Q = mean of a and (less is better) c, I = mean of P and Q; the highest point of a is drawn in. */
const chain = join(folder, 'chain')
mkdirSync(join(chain, 'coinr_asem'), { recursive: true })
const tables = {
  structure: 'IndCode,Agg1,Agg2\na,Q,I\nb,P,I\nc,Q,I\n',
  weights: 'AgLevel,Code,Weight\n1,a,1\n1,b,1\n1,c,1\n2,P,1\n2,Q,1\n',
  old_indmeta: 'IndCode,Direction\na,1\nb,1\nc,-1\n',
  treatment_table: 'IndCode,Low,High\na,0,1\nb,0,0\nc,0,0\n',
  step3_imputed: 'UnitCode,a,b,c\nU,0,10,4\nV,1,20,4\nW,2,30,2\nX,9,50,0\n',
  step4_treated: 'UnitCode,a,b,c\nU,0,10,4\nV,1,20,4\nW,2,30,2\nX,2,50,0\n',
  step5_normalised: 'UnitCode,a,b,c\nU,0,0,0\nV,50,25,0\nW,100,50,50\nX,100,100,100\n',
  step6_aggregated: 'UnitCode,P,Q,I\nU,0,0,0\nV,25,25,25\nW,50,75,62.5\nX,100,100,99\n',
  result_scores: 'UnitCode,P,Q,I\nU,0,0,0\nV,25,25,25\nW,50,75,62.5\nX,100,100,100\n',
  result_ranks: 'UnitCode,P,Q,I\nX,1,1,1\nW,2,2,3\nV,3,3,3\nU,4,4,4\n',
}
for (const [name, text] of Object.entries(tables)) write(`chain/coinr_asem/${name}.csv`, text)

test('a composite index is worked out from whole data to ranks; what its tables say otherwise is found', async () => {
  const reports = (await checkIndices(chain)).slice(1)
  expect(reports.map(({ read, agreed, disagreed }) => [read, agreed, disagreed])).toEqual([
    [12, 12, 0],
    [12, 12, 0],
    [12, 11, 1],
    [12, 11, 1],
  ])
  expect(reports.flatMap(({ examples }) => examples)).toEqual(['X I: 100, expected 99', 'W I: 2, expected 3'])
})

test('weights of a folder are compared with what lies beside them', async () => {
  const reports = await checkIndices(folder)
  expect(reports.map(({ read, agreed, disagreed, reasons }) => [read, agreed, disagreed, reasons])).toEqual([
    [3, 2, 1, { 'figure-not-read': 1, 'incomplete-judgements': 1 }],
    [3, 0, 1, {}], // two have nothing beside them
    [3, 2, 1, { 'statistical.negative': 1, 'method-not-read': 1 }],
    [3, 2, 1, { 'step-not-read': 1 }], // (15 + 40) / 2 is not 30
  ])
  expect(reports.flatMap(({ examples }) => examples)).toEqual([
    'wrong weights: 0 0.6667, expected 0.5; 1 0.3333, expected 0.5',
    'wrong criteria: lambda_max 2, expected 2.5',
    'wrong: weight 1 0.3589, expected 0.31; weight 2 0.6411, expected 0.69',
    'U I: 27.5, expected 30',
  ])
})

test('numbers agree when they differ by less than a unit of the last decimal printed in their list', () => {
  const of = (found: number, expected: number) => ({ what: 'w', found, expected })
  expect(disagreements([of(0.1491, 0.15), of(0.4928, 0.493)])).toEqual([])
  expect(disagreements([of(0.1489, 0.15), of(0.4928, 0.493)])).toEqual(['w 0.1489, expected 0.15'])
  expect(disagreements([of(Number.NaN, 0.15)])).toEqual(['w NaN, expected 0.15'])
  expect(disagreements([of(2 / 3, 0.6666666666666666)])).toEqual([])
})

test('an empty folder gives no groups', async () => {
  expect(await checkIndices(join(folder, 'empty'))).toEqual([])
})
