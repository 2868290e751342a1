import type { ShadowLeague, ShadowRow } from '../contract/resources/shadow.ts'
import { kendallTauB, spearman } from './rank-correlation.ts'

/** One teacher as the two ratings hold them. Old figures are null where the old rating does not have the teacher. */
export type ShadowEntry = Omit<ShadowRow, 'part' | 'move'>

export interface ShadowComparison {
  rows: ShadowRow[]
  leagues: Omit<ShadowLeague, 'title'>[]
}

/**
 * Holds an old rating against a run. Only those ranked in both are compared, within the leagues of the run, and their places are counted
 * anew among themselves, so that whoever is in one of them only moves nobody. Pure.
 */
export function compareShadow(entries: readonly ShadowEntry[], leagues: readonly string[]): ShadowComparison {
  const parts = entries.map((entry) => ({ ...entry, part: partOf(entry) }))
  const compared = leagues.map((league) =>
    compareLeague(
      league,
      parts.filter((entry) => entry.part === 'both' && entry.league === league),
    ),
  )
  const moves = new Map(compared.flatMap(({ moves: list }) => list))
  return {
    rows: parts.map((entry) => ({ ...entry, move: moves.get(entry.code) ?? null })),
    leagues: compared.map(({ league }) => league).filter(({ count }) => count > 0),
  }
}

const inOld = ({ oldPlace, oldTotal }: ShadowEntry) => oldPlace !== null || oldTotal !== null

function partOf(entry: ShadowEntry): ShadowRow['part'] {
  if (!inOld(entry)) return 'new'
  return entry.place === null ? 'old' : 'both'
}

function compareLeague(
  league: string,
  entries: readonly ShadowEntry[],
): { league: Omit<ShadowLeague, 'title'>; moves: [code: string, move: number][] } {
  const order = oldOrderOf(entries)
  if (order === null) {
    const nothing = {
      oldOrder: null,
      spearman: null,
      kendall: null,
      rose: 0,
      fell: 0,
      kept: 0,
      medianMove: null,
    }
    return { league: { league, count: entries.length, ...nothing }, moves: [] }
  }
  const older = entries.map(order.value)
  const newer = entries.map(({ place }) => place!)
  const [then, now] = [placesOf(older), placesOf(newer)]
  const moves = now.map((place, at) => place - then[at]!)
  return {
    league: {
      league,
      count: entries.length,
      oldOrder: order.by,
      spearman: bounded(spearman(older, newer)),
      kendall: bounded(kendallTauB(older, newer)),
      rose: moves.filter((move) => move < 0).length,
      fell: moves.filter((move) => move > 0).length,
      kept: moves.filter((move) => move === 0).length,
      medianMove: median(moves.map(Math.abs)),
    },
    moves: entries.map(({ code }, at) => [code, moves[at]!]),
  }
}

/**
 * What orders all these people in the old rating, smaller is better: their places if they come from one old league, else their
 * totals. null: neither is there for all of them.
 */
function oldOrderOf(
  entries: readonly ShadowEntry[],
): { by: 'place' | 'total'; value: (entry: ShadowEntry) => number } | null {
  if (entries.length === 0) return null
  const isOneLeague = new Set(entries.map(({ oldLeague }) => oldLeague)).size === 1
  if (isOneLeague && entries.every(({ oldPlace }) => oldPlace !== null)) {
    return { by: 'place', value: ({ oldPlace }) => oldPlace! }
  }
  if (entries.every(({ oldTotal }) => oldTotal !== null)) {
    return { by: 'total', value: ({ oldTotal }) => -Number(oldTotal) }
  }
  return null
}

/** 1 = the smallest; equal values share the best place they take (1, 2, 2, 4). */
function placesOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  const first = new Map<number, number>()
  for (const [at, value] of sorted.entries()) if (!first.has(value)) first.set(value, at + 1)
  return values.map((value) => first.get(value)!)
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return null
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Rounding may lead a perfect correlation past 1 by a last binary digit. */
function bounded(value: number | null): number | null {
  return value === null ? null : Math.min(1, Math.max(-1, value))
}
