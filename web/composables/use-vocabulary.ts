import type { RegulationDocument } from '@ustaz/core/contract'
import { splitIndicator } from '../logic/plugin-text.ts'
import { clauseTitles } from '../logic/clause-titles.ts'
import type { RuleVocabulary, Vocabulary } from '../logic/words/vocabulary.ts'
import { useCatalogue } from './use-catalogue.ts'
import { useText } from './use-text.ts'
import { usePositions, useUnits } from './use-units.ts'

/** The reader's words for what a regulation names; clauses go by the titles of the given documents, the first that has one. */
export function useVocabulary(documents: () => readonly Pick<RegulationDocument, 'areas'>[]): Vocabulary {
  const { t, pick, decimal, day, monthDay } = useText()
  const { fieldName, valueText, perUnit, kindName, pluginText } = useCatalogue()
  const { positionName, degreeName } = usePositions()
  const { units } = useUnits()

  const word = (field: string, option: string) => t(`editor.options.${field}.${option}`)
  const kindOf = (part: string, kind: string) => t(`editor.kinds.${part}.${kind}`)
  const clause = (id: string) => {
    const title = documents()
      .map((document) => clauseTitles(document).get(id))
      .find(Boolean)
    return title ? `${id}\u00a0${pick(title)}` : id
  }
  const common = {
    number: (text: string) => decimal(text),
    unit: perUnit,
    word,
    kindOf,
    clause,
    monthDay,
    unknown: t('fact.unknown'),
    say: (phrase: { key: string; params: Record<string, string> }) => t(phrase.key, phrase.params),
  }
  const unitName = (code: string) => {
    const unit = units.value.find((one) => one.code === code)
    return unit ? pick(unit.name) : code
  }
  /** What the values of the frozen teacher are called. */
  const ofTeacher: Readonly<Record<string, (code: string) => string>> = {
    'teacher.position': positionName,
    'teacher.degree': degreeName,
    'teacher.department': unitName,
    'teacher.faculty': unitName,
  }
  function of(indicator: string | null): RuleVocabulary {
    return {
      ...common,
      value: (name) => fieldName(indicator ?? '', name),
      option(name, option) {
        const text = String(option)
        const teacher = ofTeacher[name]
        if (teacher) return teacher(text)
        if (text === 'true' || text === 'false') return valueText(indicator ?? '', name, text === 'true')
        return valueText(indicator ?? '', name, text)
      },
    }
  }
  return {
    ...common,
    of,
    kind: kindName,
    position: positionName,
    day,
    localized: pick,
    weighting(id) {
      const { plugin, kind } = splitIndicator(id)
      return pluginText(plugin, 'weightings', kind, 'name') ?? id
    },
  }
}
