/**
 * npm run bench:sorting [-- --csv FILE] [--teachers 300] [--seed 1]
 *
 * How right suggestions are on texts held out (one in ten), beside always the most frequent class. Without a file: on the approved entries of
 * the demonstration university, which are invented from lists of phrases, so that the figures flatter. With `--csv FILE`: on any table of texts
 * and labels (columns text, label).
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { loadListedPlugins } from '../core/plugins/plugin-list.ts'
import { allEntries } from '../demo/evidence/all-entries.ts'
import { planUniversity } from '../demo/people/university.ts'
import { loadBackend } from '../plugins/forecast/network/backend.ts'
import { fieldsOf } from '../plugins/forecast/sorting/entry-text.ts'
import { labelledBy } from '../plugins/forecast/sorting/labelled-by.ts'
import { learnTask, usual } from '../plugins/forecast/sorting/learn-task.ts'
import type { Labelled } from '../plugins/forecast/sorting/learn-task.ts'

const { values } = parseArgs({
  options: {
    csv: { type: 'string' },
    teachers: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
  },
})
const seed = z.coerce.number().int().parse(values.seed)
const backend = await loadBackend()
console.log(
  `machine: ${cpus().length} cores, ${cpus()[0]?.model ?? ''}; Node ${process.version}; backend ${backend.name}`,
)

const tasks = values.csv ? [{ task: 'label', labelled: readTexts(values.csv) }] : await demonstration()
const rows = tasks.flatMap(({ task, labelled }) => {
  const learned = learnTask(backend, labelled, { ...usual, seed })
  if (!learned) return []
  const { card, threshold, classes } = learned
  console.log(
    `${task}: ${classes.length} classes, ${card.records} texts, ${card.heldOut} held out; right ${percent(card.accuracy)}, ` +
      `most frequent ${percent(card.mostFrequent)}; ` +
      (threshold === null
        ? 'never suggested'
        : `suggested for ${percent(card.suggested)} from a confidence of ${threshold}, of these right ${percent(card.rightIfSuggested ?? 0)}`) +
      `; ${card.seconds.toFixed(1)} s`,
  )
  return [{ task, classes: classes.length, threshold, ...card }]
})
const offered = rows.filter(({ threshold }) => threshold !== null)
console.log(
  `${rows.length} tasks learned, ${offered.length} offered; ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
)
console.log(JSON.stringify({ bench: 'sorting', rows }))

function readTexts(file: string): Labelled[] {
  const records = z
    .array(z.object({ text: z.string(), label: z.string().min(1) }))
    .parse(parse(readFileSync(file), { columns: true, bom: true }))
  return records.map((record, index) => ({ key: String(index), ...record }))
}

async function demonstration() {
  const plugins = await loadListedPlugins()
  const all = plugins.flatMap(({ definition }) =>
    (definition?.evidence ?? []).map((kind) => ({ indicator: `${definition!.id}.${kind.kind}`, kind })),
  )
  const titles = new Map(all.map(({ indicator, kind }) => [indicator, kind]))
  const kinds = new Map(
    all.map(({ indicator, kind }) => [indicator, fieldsOf(z.toJSONSchema(kind.schema, { io: 'input' }))]),
  )
  const university = planUniversity({ seed: 'samal', teachers: Number(values.teachers) })
  const approved = allEntries(university).filter(({ state }) => state === 'approved')
  const entries = Array.from(approved, ({ indicator, data }, id) => ({
    id,
    indicator,
    data,
    title: titles.get(indicator)?.title(data as never) ?? '',
  }))
  console.log(`${entries.length} approved entries of ${values.teachers} invented teachers`)
  return [...labelledBy(entries, kinds)]
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
