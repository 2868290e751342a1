import fc from 'fast-check'
import { decimals } from './random-values.ts'

/** Formulas with as few parentheses as come about, so that the order of operators matters. */
const leaf = fc.oneof(
  fc.constantFrom('n', 'm', 'quantity', 'participants', 'age', 'affiliated', 'teacher.rate'),
  decimals(0, 9),
)
const { expression } = fc.letrec<{ expression: string; comparison: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'formula' },
    leaf,
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression'))
      .map(([a, operator, b]) => `${a} ${operator} ${b}`),
    fc.tuple(tie('expression'), fc.constantFrom('0', '1', '2', '3')).map(([a, b]) => `(${a}) ^ ${b}`),
    tie('expression').map((a) => `-${a}`),
    tie('expression').map((a) => `(${a})`),
    fc
      .tuple(fc.constantFrom('min', 'max'), tie('expression'), tie('expression'))
      .map(([name, a, b]) => `${name}(${a}, ${b})`),
    fc
      .tuple(fc.constantFrom('floor', 'ceil', 'round', 'abs', 'sqrt'), tie('expression'))
      .map(([name, a]) => `${name}(${a})`),
    fc
      .tuple(tie('comparison'), tie('expression'), tie('expression'))
      .map(([test, a, b]) => `if(${test}, ${a}, ${b})`),
  ),
  comparison: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'formula' },
    fc
      .tuple(leaf, fc.constantFrom('=', '!=', '<', '<=', '>', '>='), leaf)
      .map(([a, operator, b]) => `${a} ${operator} ${b}`),
    fc.constantFrom("type = 'a'", "level != 'x'", 'flag', "role = 'lead'"),
    fc
      .tuple(tie('comparison'), fc.constantFrom('and', 'or'), tie('comparison'))
      .map(([a, operator, b]) => `${a} ${operator} ${b}`),
    tie('comparison').map((a) => `not (${a})`),
  ),
}))
export const formula = expression
  .map((text) => `min(200, max(-50, ${text}))`)
  .filter(({ length }) => length < 300)
export const comparisonFormula = fc
  .tuple(leaf, fc.constantFrom('<', '<=', '>', '>=', '!='), leaf)
  .map(([a, operator, b]) => `${a} ${operator} ${b}`)
