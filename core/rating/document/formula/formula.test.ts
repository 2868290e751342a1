import { describe, expect, it } from 'vitest'
import type { Expression } from './expression.ts'
import { namesIn } from './expression.ts'
import { parseFormula } from './parse.ts'
import { typeFormula } from './types.ts'
import type { FormulaType, ValueType } from './types.ts'

/** The reading as a text with all its parentheses. */
function shown(part: Expression): string {
  switch (part.kind) {
    case 'number':
      return part.text
    case 'text':
      return `'${part.text}'`
    case 'value':
      return part.name
    case 'unary':
      return `(${part.operator} ${shown(part.of)})`
    case 'binary':
      return `(${shown(part.left)} ${part.operator} ${shown(part.right)})`
    case 'call':
      return `${part.name}(${part.args.map(shown).join(', ')})`
  }
}

function read(source: string): Expression {
  const result = parseFormula(source)
  if ('fault' in result) throw new Error(`${source}: ${JSON.stringify(result.fault)}`)
  return result.expression
}

const types: Record<string, FormulaType> = {
  hours: 'number',
  kind: 'text',
  stamped: 'flag',
  some: 'any',
  other: 'any',
}
const check = (source: string, wanted: ValueType = 'number') =>
  typeFormula(read(source), wanted, (name) => types[name] ?? null)

describe('reading a formula', () => {
  it.each([
    ['15/50 * hours - 15', '(((15 / 50) * hours) - 15)'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))'],
    ['-2 ^ 2', '(- (2 ^ 2))'],
    ['2 ^ -1 * 3', '((2 ^ (- 1)) * 3)'],
    ['- -a', '(- (- a))'],
    ['not a = b and c', '((not (a = b)) and c)'],
    ['a or b and c', '(a or (b and c))'],
    ['(a or b) and c', '((a or b) and c)'],
    ['pages >= 3 * participants', '(pages >= (3 * participants))'],
    ["if(kind = 'review', 0.5, 1)", "if((kind = 'review'), 0.5, 1)"],
    ['max(0.1, affiliated / participants)', 'max(0.1, (affiliated / participants))'],
    ['teacher.rate * min + andrew', '((teacher.rate * min) + andrew)'],
    ["kind = 'and'", "(kind = 'and')"],
  ])('%s', (source, reading) => {
    expect(shown(read(source))).toBe(reading)
  })

  it.each([
    ['2 +', 'formula-ends', 4],
    ['', 'formula-ends', 1],
    ['(2 + 3', 'formula-ends', 7],
    ['2 & 3', 'formula-unreadable', 3],
    ['2 3', 'formula-unreadable', 3],
    ['a < b < c', 'formula-unreadable', 7],
    ["kind = 'open", 'formula-unreadable', 8],
    ['* 2', 'formula-unreadable', 1],
    ['log(2)', 'formula-function', 1],
    ['1 + sqrt(1, 2)', 'formula-arguments', 5],
    ['if(a, b)', 'formula-arguments', 1],
    ['.5', 'formula-unreadable', 1],
    ['school.rate', 'formula-unreadable', 7],
  ])('refuses "%s" with %s at character %i', (source, code, position) => {
    expect(parseFormula(source)).toMatchObject({ fault: { code, position } })
  })

  it('names the values it reads once each', () => {
    expect(namesIn(read("if(kind = 'a', pages, -pages) + max(teacher.rate, 2)"))).toEqual([
      'kind',
      'pages',
      'teacher.rate',
    ])
  })
})

describe('the types of a formula', () => {
  it.each<[string, ValueType]>([
    ['hours * 2', 'number'],
    ["kind = 'a' and not stamped", 'flag'],
    ["if(stamped, kind, 'b') = 'b'", 'flag'],
    ['if(stamped, hours, some)', 'number'],
    ['some = other', 'flag'],
    ['some + other > 3 or some = 2', 'flag'],
  ])('takes %s for a %s', (source, wanted) => {
    expect(check(source, wanted).faults).toEqual([])
  })

  it.each<[string, ValueType, string, number]>([
    ['kind + 1', 'number', 'formula-type', 1],
    ['hours = kind', 'flag', 'formula-type', 9],
    ["some = 'a' + 1", 'flag', 'formula-type', 8],
    ['hours', 'flag', 'formula-type', 1],
    ['hours > 2', 'number', 'formula-type', 7],
    ['not hours', 'flag', 'formula-type', 5],
    ["'a' < 'b'", 'flag', 'formula-type', 1],
    ['if(hours, 1, 2)', 'number', 'formula-type', 4],
    ['if(stamped, kind, 2)', 'number', 'formula-type', 13],
    ['2 * unheard', 'number', 'formula-value', 5],
    ['unheard = 2', 'flag', 'formula-value', 1],
  ])('refuses %s as a %s with %s at character %i', (source, wanted, code, position) => {
    expect(check(source, wanted).faults[0]).toMatchObject({ code, position })
  })

  it('gives a value of unknown type the type of what it stands with', () => {
    const formula = read("if(some = 'a', other, 2)")
    const { typeOf } = typeFormula(formula, 'number', () => 'any')
    const [, condition, some] = formula.kind === 'call' ? [0, formula.args[0]!, formula.args[1]!] : []
    expect(typeOf(some!)).toBe('number')
    expect(condition?.kind === 'binary' && typeOf(condition.left)).toBe('text')
  })
})
