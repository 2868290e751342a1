import type { Language, LocalizedText } from '@ustaz/core/contract'
import type { FileAnswer, PluginContext, Scope, TableCell } from '@ustaz/core/plugin'
import type { Outlook } from '../contract.ts'
import en from '../messages/en.json' with { type: 'json' }
import kk from '../messages/kk.json' with { type: 'json' }
import ru from '../messages/ru.json' with { type: 'json' }
import type { ForecastTables } from '../tables.ts'
import { allSubjects } from './read-outlook.ts'
import type { SubjectFilter } from './read-outlook.ts'

type Context = Pick<PluginContext<ForecastTables>, 'db' | 'people' | 'runs' | 'tables'>
interface Order extends SubjectFilter {
  format: 'csv' | 'xlsx'
  language: Language
}

const messages = { kk, ru, en }
const bounds = ['lower80', 'upper80', 'lower95', 'upper95'] as const

/** Everybody or every unit the scope covers, past and expected, as a table for spreadsheets; what is unknown is empty. */
export async function exportSubjects(
  context: Context,
  outlook: Outlook,
  { format, language, ...filter }: Order,
  scope: Scope,
): Promise<FileAnswer> {
  const texts = messages[language].export
  const subjects = await allSubjects(context, outlook.id, filter, scope)
  const units = new Map((await context.people.listUnits()).map((unit) => [unit.id, unit]))
  const nameOf = (id: number | null) => {
    const unit = id === null ? undefined : units.get(id)
    return unit ? (textIn(unit.name, language) ?? unit.code) : null
  }
  const steps = Array.from({ length: outlook.horizon }, (_, step) => step)
  const columns = [
    texts.subject,
    ...(filter.kind === 'teacher' ? [texts.department] : []),
    ...outlook.periods.map(({ from, to }) => `${from} – ${to}`),
    ...steps.flatMap((step) =>
      [texts.expected, ...bounds.map((bound) => texts[bound])].map(
        (title) => `${title}, ${texts.step} ${step + 1}`,
      ),
    ),
    texts.change,
    texts.periods,
    texts.basis,
  ]
  const rows = subjects.map((one): TableCell[] => [
    one.kind === 'university' ? texts.university : (one.name ?? nameOf(one.subjectId)),
    ...(filter.kind === 'teacher' ? [nameOf(one.unitId)] : []),
    ...one.past.map(rounded),
    ...steps.flatMap((step) => [one.mean, ...bounds.map((bound) => one[bound])].map((all) => rounded(all[step]))), // prettier-ignore
    rounded(one.change),
    one.periods,
    texts.bases[one.basis],
  ])
  const name = `outlook-${outlook.regulation}-${filter.measure}-${filter.kind}`
  return await context.tables.write({ name, title: texts.sheets[filter.kind], columns, rows }, format)
}

const textIn = (name: LocalizedText, language: Language): string | undefined =>
  (name as Partial<LocalizedText>)[language]

function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value.toFixed(2))
}
