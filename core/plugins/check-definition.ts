import { z } from 'zod'
import { isAction } from '../access/rights.ts'
import { pointerTo } from '../messages/zod-fault.ts'
import type { AnyPlugin, DeclaredErrors, EvidenceKind } from '../plugin/definition.ts'
import { findMessageFaults } from './check-messages.ts'
import { attributesSchemaOf, schemaFault } from './json-schema.ts'

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower case letters, digits and hyphens, a letter first')
const zodObject = z.custom<z.ZodObject>((value) => value instanceof z.ZodObject, 'must be a z.object(...)')
const called = z.custom<() => unknown>((value) => typeof value === 'function', 'must be a function')
const errors = z.record(z.string(), z.string())
const reasons = z.record(z.string(), z.string().min(1))
const messages = z.record(z.string(), z.unknown())

const column = (name: string) => z.strictObject({ [name]: z.string() })
const personalTable = z.strictObject({
  person: z.union([column('teacher'), column('account'), column('evidence')]).nullable(),
  purpose: z.string(),
  basis: z.enum(['employment', 'law', 'interest']),
  keep: z.union([
    z.strictObject({ until: z.enum(['left', 'used', 'permanent']) }),
    z.strictObject({ yearsAfterLeaving: z.int().positive() }),
    z.strictObject({ yearsAfterWriting: z.int().positive() }),
  ]),
  readBy: z.string().refine(isAction, 'must be an action of the rights table').nullable(),
  columns: z.array(z.string()).min(1),
  texts: z.record(z.string(), z.enum(['text', 'jsonb'])).optional(),
  erase: z.union([z.enum(['rows', 'nothing']), z.record(z.string(), z.enum(['null', 'empty', 'code']))]),
})

/** The form of a definition; how its parts hold together is checked after it. */
const definitionSchema = z.strictObject({
  id: id.max(40),
  version: z.string().min(1),
  messages: z.strictObject({ kk: messages, ru: messages, en: messages }),
  migrations: z.instanceof(URL).optional(),
  settings: zodObject.optional(),
  personalData: z.record(z.string(), personalTable).optional(),
  audit: z
    .strictObject({
      unaudited: reasons.optional(),
      secret: reasons.optional(),
      open: reasons.optional(),
      quiet: reasons.optional(),
    })
    .optional(),
  evidence: z
    .array(
      z.strictObject({
        kind: id,
        unit: z.string().min(1),
        schema: zodObject,
        title: called,
        identity: called,
        roles: z.array(id),
        participants: z.enum(['one', 'many']),
        lasting: z.boolean().optional(),
        files: z.strictObject({
          required: z.boolean(),
          maxBytes: z.int().positive(),
          mediaTypes: z.array(z.string().includes('/')),
        }),
        compare: called.optional(),
        enrich: called.optional(),
        enrichedAttributes: zodObject.optional(),
        errors: errors.optional(),
      }),
    )
    .optional(),
  indicators: z
    .array(
      z.strictObject({
        id,
        unit: z.string().min(1),
        better: z.enum(['higher', 'lower']),
        attributes: zodObject,
        errors: errors.optional(),
        facts: called,
      }),
    )
    .optional(),
  weightings: z
    .array(
      z.strictObject({
        id,
        params: zodObject,
        needs: z.enum(['nothing', 'scores', 'positions']),
        reads: called.optional(),
        weigh: called,
      }),
    )
    .optional(),
  functions: z.array(z.strictObject({ id, params: zodObject, values: zodObject, points: called })).optional(),
  matchings: z
    .array(z.strictObject({ id, features: z.tuple([z.literal('rule')], z.string()), examples: called }))
    .optional(),
  learner: z.strictObject({ judge: called, count: called }).optional(),
  routes: z
    .array(
      z.object({
        route: z.object({
          method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
          path: z.string().startsWith('/'),
          action: z.string(),
        }),
        handle: called,
      }),
    )
    .optional(),
  jobs: z
    .record(
      id,
      z.strictObject({
        when: z.enum(['night', 'run-finished']).optional(),
        expireSeconds: z.int().positive().optional(),
        work: called,
      }),
    )
    .optional(),
  page: z.instanceof(URL).optional(),
  start: called.optional(),
  ingest: called.optional(),
  admitDevice: called.optional(),
})

/** Names that a fact has beside its attributes: rules read both by name. */
const reservedNames = [
  'quantity',
  'role',
  'person',
  'participants',
  'affiliated',
  'roleCounts',
  'ordinal',
  'share',
  'age',
  'expertPoints',
]

/** Everything that is wrong with what a plugin's module exports; empty: it is a plugin. English, for its author. */
export function findDefinitionFaults(exported: unknown): string[] {
  if (exported === undefined) return ['the module has no default export']
  const result = definitionSchema.safeParse(exported)
  if (!result.success) {
    return result.error.issues.map(
      ({ path, message }) => `${pointerTo(path) || 'the definition'}: ${message}`,
    )
  }
  const plugin = exported as AnyPlugin
  return [
    ...findTwice(plugin),
    ...(plugin.evidence ?? []).flatMap(kindFaults),
    ...(plugin.indicators ?? []).flatMap(({ id: name, attributes, errors: declared }) => [
      ...reserved(attributes, `indicator ${name}`),
      ...errorFaults(declared, [attributes], `indicator ${name}`),
      ...schemaFault(attributes, `indicator ${name}`),
    ]),
    ...(plugin.weightings ?? []).flatMap(({ id: name, params }) => schemaFault(params, `weighting ${name}`)),
    ...(plugin.functions ?? []).flatMap(({ id: name, params, values }) => [
      ...schemaFault(params, `function ${name}`),
      ...schemaFault(values, `function ${name}`),
    ]),
    ...(plugin.settings ? schemaFault(plugin.settings, 'settings') : []),
    ...routeFaults(plugin),
    ...findMessageFaults(plugin),
  ]
}

/** Kinds and indicators share one space of names: both are <plugin>.<name>. */
function findTwice({
  evidence = [],
  indicators = [],
  weightings = [],
  functions = [],
  matchings = [],
}: AnyPlugin): string[] {
  const facts = [...evidence.map(({ kind }) => kind), ...indicators.map((indicator) => indicator.id)]
  return [
    ...duplicates(facts, 'kind or indicator'),
    ...duplicates(
      weightings.map((weighting) => weighting.id),
      'weighting',
    ),
    ...duplicates(
      functions.map((pointsFunction) => pointsFunction.id),
      'function',
    ),
    ...duplicates(
      matchings.map((matching) => matching.id),
      'matching',
    ),
  ]
}

function duplicates(names: readonly string[], what: string): string[] {
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  return [...new Set(twice)].map((name) => `${what} "${name}" is there twice`)
}

function kindFaults(kind: EvidenceKind<never>): string[] {
  const where = `evidence kind ${kind.kind}`
  return [
    ...reserved(kind.schema, where),
    ...(kind.enrichedAttributes ? reserved(kind.enrichedAttributes, where) : []),
    ...errorFaults(kind.errors, [kind.schema, kind.enrichedAttributes], where),
    ...duplicates(kind.roles, `${where}: role`),
    ...(kind.enrich && !kind.enrichedAttributes ? [`${where}: enrich needs enrichedAttributes`] : []),
    ...schemaFault(kind.schema, where),
    ...schemaFault(attributesSchemaOf(kind), where),
  ]
}

/** An error is declared of a value the facts have, by an attribute they have. */
function errorFaults(
  declared: DeclaredErrors = {},
  schemas: readonly (z.ZodObject | undefined)[],
  where: string,
): string[] {
  const has = (name: string) => schemas.some((schema) => schema && Object.hasOwn(schema.shape, name))
  return Object.entries(declared).flatMap(([value, deviation]) =>
    [value, deviation]
      .filter((name) => !has(name) && name !== 'quantity')
      .map((name) => `${where}: errors names "${name}", which is no attribute`),
  )
}

function reserved(schema: z.ZodObject, where: string): string[] {
  const names = reservedNames.filter((name) => Object.hasOwn(schema.shape, name))
  return names.map((name) => `${where}: the attribute name "${name}" is reserved`)
}

/** Core answers these addresses below a plugin's own. */
const corePaths = ['/enabled', '/settings']

function routeFaults({ routes = [] }: AnyPlugin): string[] {
  const addresses = routes.map(({ route }) => `${route.method} ${route.path}`)
  return [
    ...duplicates(addresses, 'route'),
    ...routes.flatMap(({ route }) => [
      ...(isAction(route.action) ? [] : [`route ${route.path}: unknown action "${route.action}"`]),
      ...(corePaths.includes(route.path) ? [`route ${route.path}: this address is core's`] : []),
    ]),
  ]
}
