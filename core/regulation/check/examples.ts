import type { Fault } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { faultAt } from './fault.ts'
import type { SuppliedIndicator, Supply } from './supply.ts'
import { kindOfValue, schemaOfValue } from './values.ts'

type Path = readonly (string | number)[]

/** Facts of worked examples are such as somebody could enter: a value with a slip in its name would silently be unknown. */
export function checkExamples({ examples }: RegulationDocument, supply: Supply): Fault[] {
  return examples.flatMap(({ name: clause, people }, number) =>
    people.flatMap(({ facts }, person) =>
      facts.flatMap(({ indicator, data, enriched, role }, index) => {
        const path = ['examples', number, 'people', person, 'facts', index]
        const supplied = supply.indicator(indicator)
        if (!supplied) return [faultAt([...path, 'indicator'], 'indicator-unknown', { clause, indicator })]
        const place = { clause, supplied }
        return [
          ...checkValues(data, [...path, 'data'], place),
          ...checkValues(enriched, [...path, 'enriched'], place),
          ...(role === null || supplied.roles.includes(role)
            ? []
            : [
                faultAt([...path, 'role'], 'choice-unknown', {
                  clause,
                  choice: role,
                  choices: [...supplied.roles],
                }),
              ]),
        ]
      }),
    ),
  )
}

function checkValues(
  values: Readonly<Record<string, unknown>>,
  path: Path,
  { clause, supplied }: { clause: string; supplied: SuppliedIndicator },
): Fault[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (!schemaOfValue(supplied, name)) {
      return [faultAt([...path, name], 'value-unknown', { clause, value: name })]
    }
    const choices = kindOfValue(supplied, name)?.choices ?? null
    const isChoice = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    return choices === null || !isChoice || choices.includes(String(value))
      ? []
      : [faultAt([...path, name], 'choice-unknown', { clause, choice: value, choices: [...choices] })]
  })
}
