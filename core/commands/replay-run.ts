import type { Config } from '../config.ts'
import { UstazError } from '../contract/problem.ts'
import type { PluginHost } from '../plugins/host.ts'
import type { Begin } from '../replay/export-format.ts'
import { importRun } from '../replay/import-run.ts'
import { readProduct } from '../replay/product.ts'
import { openExport } from '../replay/read-export.ts'
import { replayRun as computeAgain } from '../replay/replay-run.ts'
import type { Held, Replay } from '../replay/replay-run.ts'
import { createLog } from './command-log.ts'
import { openScratch } from './open-scratch.ts'
import { openStanding } from './open-standing.ts'
import { describeFailure, say } from './speak.ts'

export interface ReplayOptions {
  /** The number of a run of this installation, or an export file. */
  of: string
  /** The hash that was published; null: the one the run carries. */
  hash: string | null
}

const damages = ['export-cut-off', 'export-malformed', 'export-altered']

/** Computes a run once more and says whether it is the same. Answers the exit status: 0 identical, 1 not, or the file is damaged. */
export async function replayRun(config: Config, options: ReplayOptions): Promise<0 | 1> {
  try {
    const replay = /^\d+$/.test(options.of)
      ? await replayHere(config, Number(options.of))
      : await replayFile(options.of)
    return tell(replay, options)
  } catch (error) {
    if (!(error instanceof UstazError) || !damages.includes(error.code)) throw error
    process.stdout.write(`${describeFailure(error)}\n`)
    return 1
  }
}

async function replayHere(config: Config, runId: number): Promise<Replay> {
  const { db, host, stop } = await openStanding(config, createLog('error'))
  try {
    return await computeAgain(db, host, runId)
  } finally {
    await stop()
  }
}

async function replayFile(file: string): Promise<Replay> {
  const reader = await openExport(file)
  try {
    const scratch = await openScratch(createLog('error'))
    try {
      await tellVersions(reader.begin, scratch.host)
      return await computeAgain(scratch.db, scratch.host, await importRun(scratch, reader))
    } finally {
      await scratch.stop()
    }
  } finally {
    reader.close()
  }
}

/** Another version may compute otherwise; whether it does is what the replay finds out. */
async function tellVersions(made: Begin, host: PluginHost): Promise<void> {
  const here = await readProduct(host)
  const versions = new Map(
    [here.product, ...here.plugins.map(({ id, version }) => ({ name: id, version }))].map(
      ({ name, version }) => [name, version],
    ),
  )
  const there = [made.product, ...made.plugins.map(({ id, version }) => ({ name: id, version }))]
  for (const { name, version } of there) {
    const own = versions.get(name) ?? null
    if (own !== version) say('replay.version', { name, version, own })
  }
}

function tell(replay: Replay, { of, hash }: ReplayOptions): 0 | 1 {
  const published = hash === null || hash.toLowerCase() === replay.hash.recorded
  if (!published) say('replay.published', { hash, recorded: replay.hash.recorded })
  if (replay.identical) {
    say('replay.identical', { run: of, teachers: replay.teachers, hash: replay.hash.found })
    return published ? 0 : 1
  }
  say('replay.differs', { run: of })
  const parts = { snapshot: replay.snapshot, regulation: replay.regulation, hash: replay.hash }
  for (const [part, held] of Object.entries(parts)) if (isOther(held)) say(`replay.${part}`, { ...held })
  for (const { area, recorded, found } of replay.weights) say('replay.weight', { area, recorded, found })
  for (const { table, rows } of replay.differences.tables) {
    say('replay.table', { table, rows })
    for (const row of replay.differences.first.filter((one) => one.table === table)) {
      const key = Object.values(row.key).join(' ')
      say('replay.row', { code: row.code, key, recorded: inWords(row.recorded), found: inWords(row.found) })
    }
  }
  return 1
}

const isOther = ({ recorded, found }: Held<string>) => recorded !== found
const inWords = (values: Record<string, unknown> | null) => (values === null ? null : JSON.stringify(values))
