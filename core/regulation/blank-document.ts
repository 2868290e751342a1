import { languages } from '../contract/text.ts'
import type { LocalizedText } from '../contract/text.ts'
import { regulationDocumentSchema } from '../contract/regulation/document.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { translate } from '../messages/message.ts'

/** What a regulation that is written from scratch begins with. */
export interface BlankOptions {
  code: string
  version: string
  title: LocalizedText
  /** Where the rules come from: order, date. */
  source: string
  /** plugin.kind of the first criterion. */
  indicator: string
  /** plugin.id of the weighting. */
  weighting: string
  /** Codes of all positions, which form one league. */
  positions: readonly string[]
}

/**
 * The smallest regulation that can be stored and edited: one area with one criterion of 1 point for each fact of the indicator, one
 * league of all positions, places by plain points.
 */
export function blankDocument(options: BlankOptions): RegulationDocument {
  const { code, version, title, source, indicator, weighting, positions } = options
  return regulationDocumentSchema.parse({
    code,
    version,
    title,
    description: title,
    source,
    periodStart: '09-01',
    areas: [{ id: 'A1', title: textOf('area') }],
    criteria: [
      {
        id: '1.1',
        area: 'A1',
        title: textOf('criterion'),
        unit: 'item',
        indicator,
        points: { kind: 'per-unit', points: '1' },
      },
    ],
    leagues: [{ id: 'L1', title: textOf('league'), positions: [...positions] }],
    weighting: { id: weighting, params: {} },
    rounding: { digits: 2 },
  })
}

function textOf(part: 'area' | 'criterion' | 'league'): LocalizedText {
  const [kk, ru, en] = languages.map((language) => translate(language, `regulation.blank.${part}`))
  return { kk: kk!, ru: ru!, en: en! }
}
