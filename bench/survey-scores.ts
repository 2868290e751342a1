/**
 * npm run check:surveys -- --csv FILE [--expected DIR] [--sheets FILE --alphas FILE]
 *
 * Scores of the surveys plugin on real ratings (columns s, d, dept, service, y: student, lecturer, department, whether it is another's than the
 * lecturer's own, rating 1 to 5) beside the estimates of R's lme4 for three models, where DIR has them; and the reliability of scales of a
 * questionnaire beside the expected one. ../plugins/surveys/scores/README.md says what came out and where such files come from.
 */
import { existsSync, readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { readRatings } from './survey-scores/read-ratings.ts'
import { compareReliabilities } from './survey-scores/reliabilities.ts'
import { models, runModel } from './survey-scores/models.ts'

const { values } = parseArgs({
  options: {
    csv: { type: 'string' },
    expected: { type: 'string' },
    sheets: { type: 'string' },
    alphas: { type: 'string' },
  },
})
if (!values.csv || !existsSync(values.csv))
  throw new Error('name a file: npm run check:surveys -- --csv FILE (bench/README.md)')

const [cpu] = cpus()
console.log(
  `machine: ${cpus().length} cores, ${cpu?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}`,
)
const ratings = readRatings(readFileSync(values.csv))
console.log(
  `${ratings.length} ratings, ${new Set(ratings.map(({ student }) => student)).size} students, ` +
    `${new Set(ratings.map(({ lecturer }) => lecturer)).size} lecturers`,
)
const results = models.map((model) => {
  const result = runModel(model, ratings, values.expected ?? null)
  console.log(`\n${model.name}: ${model.formula}`)
  console.table(result)
  return { model: model.name, ...result }
})
const scales =
  values.sheets && values.alphas
    ? compareReliabilities(readFileSync(values.sheets), readFileSync(values.alphas, 'utf8'))
    : []
if (scales.length > 0) console.table(scales)
console.log(
  JSON.stringify({
    check: 'surveys',
    results,
    scales,
    peak_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
