/**
 * npm run bench:sorting [-- --csv FILE] [--teachers 300] [--seed 1] [--data DIR]
 *
 * How right suggestions are on texts held out (one in ten), beside always the most frequent class. Without a file: on the approved entries of
 * the demonstration university, which are invented from lists of phrases, so that the figures flatter. With `--csv FILE`: on any table of texts
 * and labels (columns text, label).
 *
 * Without a file also which teacher a printed name is, on the demonstration's works printed with initials and in seven ways of transliteration; with
 * `--data DIR` besides which journal of a real list a real title is (whole, and short as Crossref gives it), and which entries are one work: each
 * beside the plain rule, which answers always the first or none, on questions that nothing was learned from; and from which likeness on titles are
 * near enough to be shown as a pair.
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
import { learnMatching } from '../plugins/forecast/sorting/matching/learn-matching.ts'
import type { MatchExample } from '../core/plugin/index.ts'
import { labelledBy } from '../plugins/forecast/sorting/labelled-by.ts'
import { learnTask, usual } from '../plugins/forecast/sorting/learn-task.ts'
import type { Labelled } from '../plugins/forecast/sorting/learn-task.ts'
import { authorQuestions } from './sorting/author-questions.ts'
import { copyQuestions } from './sorting/copy-questions.ts'
import { journalQuestions } from './sorting/journal-questions.ts'
import { falsePairs, shareFound } from './sorting/near-titles.ts'
import { readRealWorks } from './sorting/real-works.ts'

const { values } = parseArgs({
  options: {
    csv: { type: 'string' },
    teachers: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    data: { type: 'string' },
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
const matchings = values.csv ? [] : await judgeMatchings()
const near = values.data === undefined ? null : await judgeNearTitles(values.data)
console.log(JSON.stringify({ bench: 'sorting', rows, matchings, near }))

async function judgeMatchings() {
  const found = [judge('co-author', authorQuestions(Number(values.teachers), seed))]
  if (values.data === undefined) return found
  const works = readRealWorks(values.data)
  const { questions, milliseconds } = await journalQuestions(values.data, works)
  console.log(`journal: ${milliseconds.toFixed(1)} ms to find the candidates of a title`)
  return [...found, judge('journal', questions), judge('copies', copyQuestions(works, seed))]
}

/** Which titles are near at which limit of likeness: real ones written a second time, and the demonstration's, which are all of different works. */
async function judgeNearTitles(data: string) {
  const found = shareFound(
    readRealWorks(data).map(({ work }) => work.title),
    seed,
  )
  for (const { change, pairs, shares } of found)
    console.log(
      `near titles, ${change}: ${shares.map(({ limit, share }) => `${limit} ${percent(share)}`).join(', ')} of ${pairs}`,
    )
  const kinds = (await loadListedPlugins()).flatMap(({ definition }) =>
    (definition?.evidence ?? []).map((kind) => [`${definition!.id}.${kind.kind}`, kind] as const),
  )
  const university = planUniversity({ seed: 'samal', teachers: Number(values.teachers) })
  const wrong = falsePairs([...allEntries(university)], new Map(kinds))
  console.log(
    `near titles of different works: ${wrong.pairs.map(({ limit, count }) => `${limit} ${count}`).join(', ')} pairs of ${wrong.entries} entries`,
  )
  return { found, wrong }
}

function judge(matching: string, questions: readonly MatchExample[]) {
  const outcome = learnMatching(backend, questions, { seed })
  const card = outcome.refused === null ? outcome.learned.card : outcome.card
  const asked = questions.filter(({ candidates }) => candidates.length > 0)
  const threshold = outcome.refused === null ? outcome.learned.threshold : null
  console.log(
    `${matching}: ${questions.length} questions, ${asked.length} with candidates; refused: ${outcome.refused ?? 'no'}`,
  )
  if (!card) return { matching, refused: outcome.refused }
  const ranked = (share: number | null) => (share === null ? '-' : percent(share))
  console.log(
    `  ${card.heldOut} held out; right ${percent(card.accuracy)}, rule ${percent(card.rule)}, always first or none ${percent(card.mostFrequent)}; ` +
      `likeliest right ${ranked(card.top)}, by the rule ${ranked(card.ruleTop)}, the first ${ranked(card.firstTop)}; ` +
      `suggested for ${percent(card.suggested)} from ${threshold}, of these right ${ranked(card.rightIfSuggested)}; ` +
      `Brier ${card.brier.toFixed(3)}, off by ${percent(card.gap)}; ${card.seconds.toFixed(1)} s`,
  )
  for (const { count, said, right } of card.bins)
    console.log(`  said ${percent(said)}, were ${percent(right)} of ${count}`)
  return { matching, refused: outcome.refused, threshold, ...card }
}

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
