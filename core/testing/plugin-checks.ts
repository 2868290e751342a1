import { isDeepStrictEqual } from 'node:util'
import type { AnyPlugin, EvidenceKind } from '../plugin/definition.ts'

/** Entries as people would type them, by kind. */
export type Samples = Readonly<Record<string, readonly Record<string, unknown>[]>>

/** What is wrong with a plugin's kinds when they meet real entries; empty: nothing. */
export function findSampleFaults(plugin: AnyPlugin, samples: Samples): string[] {
  const kinds = plugin.evidence ?? []
  const strange = Object.keys(samples).filter((name) => !kinds.some(({ kind }) => kind === name))
  return [
    ...strange.map((name) => `samples of "${name}", which is no kind of this plugin`),
    ...kinds.flatMap((kind) => {
      const own = samples[kind.kind] ?? []
      if (own.length === 0) return [`${kind.kind}: no sample`]
      return own.flatMap((sample, index) =>
        sampleFaults(kind, sample).map((fault) => `${kind.kind}, sample ${index + 1}: ${fault}`),
      )
    }),
  ]
}

function sampleFaults(kind: EvidenceKind<never>, sample: Record<string, unknown>): string[] {
  const result = kind.schema.safeParse(sample)
  if (!result.success) {
    return result.error.issues.map(
      ({ path, message }) => `refused at ${path.join('.') || 'the whole'}: ${message}`,
    )
  }
  const data = result.data
  const stored: unknown = JSON.parse(JSON.stringify(data))
  return [
    ...(isDeepStrictEqual(stored, data) ? [] : ['the data changes when it is stored as JSON']),
    ...(isDeepStrictEqual(kind.schema.safeParse(stored).data, data)
      ? []
      : ['the stored data reads differently']),
    ...named('title', () => titleFaults(kind.title(data))),
    ...named('identity', () => identityFaults(kind, data)),
  ]
}

/** What the kind itself throws is a fault too. */
function named(what: string, find: () => string[]): string[] {
  try {
    return find()
  } catch (error) {
    return [`${what} fails: ${String(error)}`]
  }
}

function titleFaults(title: unknown): string[] {
  if (typeof title !== 'string' || title.trim() === '') return ['the title is empty']
  return title.includes('undefined') || title.includes('[object') ? [`the title reads "${title}"`] : []
}

/** The same data give the same identity, in whatever order the fields stand. */
function identityFaults(kind: EvidenceKind<never>, data: Record<string, unknown>): string[] {
  const identity = kind.identity(data)
  const reversed = Object.fromEntries(Object.entries(structuredClone(data)).reverse())
  return [
    ...(identity === null || identity.trim() !== ''
      ? []
      : ['the identity is empty; null says that it cannot be told']),
    ...(kind.identity(reversed) === identity ? [] : ['the identity depends on the order of the fields']),
  ]
}

export function findSettingsFaults(plugin: AnyPlugin): string[] {
  const issues = plugin.settings?.safeParse({}).error?.issues ?? []
  return issues.map(({ path, message }) => `settings.${path.join('.')} needs a default: ${message}`)
}
