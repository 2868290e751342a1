import { z } from 'zod'
import { defineRoute } from '../route.ts'

const jsonSchema = z.record(z.string(), z.unknown())
const messagesSchema = z.object({ kk: jsonSchema, ru: jsonSchema, en: jsonSchema })

/** One plugin as it was found at start; fault null: it runs. */
export const pluginSchema = z.object({
  id: z.string(),
  version: z.string(),
  enabled: z.boolean(),
  fault: z.string().nullable(),
  settings: jsonSchema,
  settingsSchema: jsonSchema.nullable(),
  messages: messagesSchema,
  /** Table -> columns with personal data. */
  personalData: z.record(z.string(), z.array(z.string())),
})
export const evidenceKindSchema = z.object({
  /** plugin.kind */
  indicator: z.string(),
  plugin: z.string(),
  unit: z.string(),
  /** JSON Schema of the form. */
  schema: jsonSchema,
  roles: z.array(z.string()),
  participants: z.enum(['one', 'many']),
  files: z.object({ required: z.boolean(), maxBytes: z.int(), mediaTypes: z.array(z.string()) }),
})
export type EvidenceKindInfo = z.infer<typeof evidenceKindSchema>

export const indicatorSchema = z.object({
  id: z.string(),
  plugin: z.string(),
  unit: z.string(),
  source: z.enum(['evidence', 'query']),
  attributes: jsonSchema,
})
export const weightingSchema = z.object({ id: z.string(), plugin: z.string(), params: jsonSchema })

/** A rule that a plugin computes; a regulation names it as rule of kind `function`. */
export const pointsFunctionSchema = z.object({
  id: z.string(),
  plugin: z.string(),
  /** JSON Schema of what the regulation gives. */
  params: jsonSchema,
  /** JSON Schema of the values of a fact that it reads. */
  values: jsonSchema,
})

export const getCatalogue = defineRoute({
  method: 'GET',
  path: '/catalogue',
  summary:
    'Plugins, their evidence kinds, indicators, weightings and functions, with their texts in three languages',
  tag: 'catalogue',
  action: 'catalogue.read',
  response: z.object({
    plugins: z.array(pluginSchema),
    evidenceKinds: z.array(evidenceKindSchema),
    indicators: z.array(indicatorSchema),
    weightings: z.array(weightingSchema),
    functions: z.array(pointsFunctionSchema),
  }),
})
export const setPluginEnabled = defineRoute({
  method: 'PUT',
  path: '/plugins/:id/enabled',
  summary:
    'Switch a plugin on or off; takes effect at the next start of each process, nothing of it is deleted',
  tag: 'catalogue',
  action: 'catalogue.change',
  params: z.object({ id: z.string() }),
  body: z.object({ enabled: z.boolean() }),
  response: z.object({ id: z.string(), enabled: z.boolean() }),
})
export const putPluginSettings = defineRoute({
  method: 'PUT',
  path: '/plugins/:id/settings',
  summary: "Store a plugin's settings, checked by its schema",
  tag: 'catalogue',
  action: 'catalogue.change',
  params: z.object({ id: z.string() }),
  body: jsonSchema,
  response: z.object({ id: z.string(), settings: jsonSchema }),
})
