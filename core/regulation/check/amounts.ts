import type { Fault } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Rule } from '../../contract/regulation/rule.ts'
import { faultAt } from './fault.ts'

type Path = readonly (string | number)[]

/** Numbers that must not be negative: caps of single facts, of the total and of money, distances, amounts of money. */
export function checkAmounts(document: RegulationDocument): Fault[] {
  const { code, criteria, coefficients, ranking } = document
  const rules = [
    ...criteria.map(({ id, points }, index) => ({ id, rule: points, path: ['criteria', index, 'points'] })),
    ...coefficients.map(({ id, rule }, index) => ({ id, rule, path: ['coefficients', index, 'rule'] })),
  ]
  return [
    ...criteria.flatMap(({ id, capPerFact }, index) =>
      notNegative(['criteria', index, 'capPerFact'], id, capPerFact),
    ),
    ...rules.flatMap(({ id, rule, path }) => checkNumbersOfRule(rule, path, id)),
    ...notNegative(['ranking', 'tiedWithin'], code, ranking.tiedWithin),
    ...(ranking.tiedWithin !== null && ranking.tieBreakers.length > 0
      ? [faultAt(['ranking', 'tieBreakers'], 'tied-twice', { clause: code })]
      : []),
    ...checkMoney(document),
  ]
}

/** The result of `per-value` is held between two numbers in their order; a table gives some number in each row. */
export function checkNumbersOfRule(rule: Rule, path: Path, clause: string): Fault[] {
  if (rule.kind === 'per-value' && rule.least !== null && rule.most !== null)
    return Number(rule.least) > Number(rule.most)
      ? [faultAt([...path, 'most'], 'range-empty', { clause })]
      : []
  if (rule.kind !== 'table') return []
  const rows = Object.values(rule.points)
  const isFull = rows.length > 0 && rows.every((row) => Object.keys(row).length > 0)
  return isFull ? [] : [faultAt([...path, 'points'], 'table-empty', { clause })]
}

function checkMoney({ money }: RegulationDocument): Fault[] {
  if (money === null) return []
  const of = (path: Path, value: string | null) => notNegative(['money', ...path], money.id, value)
  switch (money.kind) {
    case 'base':
      return [
        ...of(['base'], money.base),
        ...of(['cap'], money.cap),
        ...Object.entries(money.rates).flatMap(([position, rate]) => of(['rates', position], rate)),
      ]
    case 'fund':
      return of(['amount'], money.amount)
    case 'bands':
      return Object.entries(money.byBand).flatMap(([band, amount]) => of(['byBand', band], amount))
  }
}

function notNegative(path: Path, clause: string, value: string | null): Fault[] {
  return value !== null && Number(value) < 0 ? [faultAt(path, 'negative', { clause, value })] : []
}
