/** What a formula reads as. `at`: the place in the text, counted from 0, for messages. */
export type Expression =
  | { kind: 'number'; text: string; at: number }
  | { kind: 'text'; text: string; at: number }
  | { kind: 'value'; name: string; at: number }
  | { kind: 'unary'; operator: '-' | 'not'; of: Expression; at: number }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression; at: number }
  | { kind: 'call'; name: FunctionName; args: Expression[]; at: number }

export type Arithmetic = '+' | '-' | '*' | '/' | '^'
export type Ordering = '<' | '<=' | '>' | '>='
export type BinaryOperator = Arithmetic | Ordering | '=' | '!=' | 'and' | 'or'

/** Functions with the least and most number of what they take. */
export const functions = {
  min: [1, Infinity],
  max: [1, Infinity],
  floor: [1, 1],
  ceil: [1, 1],
  round: [1, 1],
  sqrt: [1, 1],
  abs: [1, 1],
  if: [3, 3],
} as const
export type FunctionName = keyof typeof functions

/** What is wrong with a formula: the code of a message, the place in the text counted from 1, and what was found there. */
export interface FormulaFault {
  code:
    | 'formula-unreadable'
    | 'formula-ends'
    | 'formula-function'
    | 'formula-arguments'
    | 'formula-value'
    | 'formula-type'
  position: number
  params: Record<string, string | number>
}

/** Every part of an expression, itself first. */
export function partsOf(expression: Expression): Expression[] {
  return [expression, ...belowOf(expression).flatMap(partsOf)]
}

function belowOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'unary') return [expression.of]
  if (expression.kind === 'binary') return [expression.left, expression.right]
  return expression.kind === 'call' ? expression.args : []
}

/** Names of the values a formula reads, each once. */
export function namesIn(expression: Expression): string[] {
  return [...new Set(partsOf(expression).flatMap((part) => (part.kind === 'value' ? [part.name] : [])))]
}
