import type { LocalizedText } from '@ustaz/core/contract'
import { clauseTitles } from '../logic/clause-titles.ts'
import type { Path } from '../logic/document-path.ts'
import { isFlagAt, offersAt } from '../logic/naming.ts'
import type { NamingContext, Offer } from '../logic/naming.ts'
import { splitIndicator } from '../logic/plugin-text.ts'
import type { Naming } from '../logic/schema-node.ts'
import { useCatalogue } from './use-catalogue.ts'
import { useRegulationEditor } from './use-regulation-editor.ts'
import { useText } from './use-text.ts'
import { usePositions } from './use-units.ts'

export interface NamedOffer {
  value: string
  label: string
}

/** What may be named at a place of the edited document, in the reader's words. */
export function useOffers() {
  const editor = useRegulationEditor()
  const { pick } = useText()
  const { catalogue, kindName, fieldName, valueText, roleName, perUnit, pluginText } = useCatalogue()
  const { positions, degrees, positionName, degreeName } = usePositions()

  const context = (): NamingContext => ({
    document: editor.document.value,
    catalogue: catalogue.value,
    positions: positions.value.map(({ code }) => code),
    degrees: degrees.value.map(({ code }) => code),
  })
  const withId = (id: string, title: LocalizedText | undefined) => (title ? `${id} ${pick(title)}` : id)
  function labelOf({ value, as, indicator, field }: Offer): string {
    switch (as) {
      case 'clause':
        return withId(value, clauseTitles(editor.document.value as object).get(value))
      case 'indicator':
        return kindName(value)
      case 'value':
        return fieldName(indicator ?? '', value)
      case 'choice':
        return valueText(
          indicator ?? '',
          field ?? '',
          value === 'true' || value === 'false' ? value === 'true' : value,
        )
      case 'role':
        return roleName(indicator ?? '', value)
      case 'position':
        return positionName(value)
      case 'degree':
        return degreeName(value)
      case 'unit':
        return perUnit(value)
      case 'weighting': {
        const { plugin, kind } = splitIndicator(value)
        return pluginText(plugin, 'weightings', kind, 'name') ?? value
      }
      case 'function':
        return value
    }
  }
  return {
    /** Empty: anything may stand there. */
    offers: (naming: Naming | null, path: Path): NamedOffer[] =>
      naming === null
        ? []
        : offersAt(naming, path, context()).map((offer) => ({ value: offer.value, label: labelOf(offer) })),
    isFlag: (naming: Naming, path: Path) => isFlagAt(naming, path, context()),
  }
}
