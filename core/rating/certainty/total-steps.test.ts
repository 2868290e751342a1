import { expect, test } from 'vitest'
import { exampleRules, exampleText } from '../example-rules.ts'
import { finishOf } from './total-steps.ts'

const norm = (id: string, mode: 'subtract' | 'ratio') => ({ id, title: exampleText(id), mode, points: '50' })
const document = exampleRules({
  areas: { A: {} },
  criteria: { a: 'A' },
  norms: [norm('S', 'subtract'), norm('R', 'ratio')],
})
const step = (kind: string, clause: string, amount: number) => ({ kind, clause, amount })

test('a norm that is subtracted adds, one that divides multiplies what came before it; limits are left out', () => {
  // (120 - 20) x 100 / 50 = 200, cut to 150
  const steps = [step('norm', 'S', -20), step('norm', 'R', 100), step('cap', 'total', -50)]
  expect(finishOf(120, steps, document)).toEqual({ factor: 2, added: -40 })
  expect(finishOf(120, [], document)).toEqual({ factor: 1, added: 0 })
})

test('where areas are put together otherwise than by adding, that line is the aggregate itself', () => {
  // Scores of 12 become a mean of 4; half of it is the norm.
  expect(finishOf(12, [step('aggregate', 'mean', -8), step('norm', 'R', 4)], document)).toEqual({ factor: 2, added: 0 }) // prettier-ignore
})

test('a requirement that takes everything leaves 0; a total of 0 shows no divisor', () => {
  expect(finishOf(7, [step('requirement', 'Q', -7)], document)).toEqual({ factor: 0, added: 0 })
  expect(finishOf(0, [step('norm', 'R', 0)], document)).toEqual({ factor: 1, added: 0 })
})
