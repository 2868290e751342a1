import { z } from 'zod'
import { daySchema, decimalSchema, idSchema, pageOf, pageQuery } from '../paging.ts'
import { issueSchema } from '../problem.ts'
import { defineRoute } from '../route.ts'
import { localizedTextSchema } from '../text.ts'

export const unitSchema = z.object({
  id: z.int(),
  parentId: z.int().nullable(),
  /** structural: a unit of the administration that verifies evidence. */
  kind: z.enum(['university', 'faculty', 'department', 'structural']),
  code: z.string(),
  name: localizedTextSchema,
})
export type Unit = z.infer<typeof unitSchema>

const codedNameSchema = z.object({ code: z.string(), name: localizedTextSchema })

export const appointmentSchema = z.object({
  id: z.int(),
  unitId: z.int(),
  /** null: unknown. */
  position: z.string().nullable(),
  degree: z.string().nullable(),
  /** Full-time equivalent. */
  rate: decimalSchema,
  startsOn: daySchema,
  endsOn: daySchema.nullable(),
})

export const teacherSchema = z.object({
  id: z.int(),
  code: z.string(),
  familyName: z.string(),
  givenName: z.string(),
  patronymic: z.string().nullable(),
  latinName: z.string().nullable(),
  orcid: z.string().nullable(),
  serviceFrom: daySchema.nullable(),
  /** The post held today (highest rate, then earliest); null: none. */
  appointment: appointmentSchema.nullable(),
})
export type Teacher = z.infer<typeof teacherSchema>

export const teacherDetailSchema = teacherSchema.extend({
  appointments: z.array(appointmentSchema),
  /** null: not for the asker's eyes. */
  leaves: z
    .array(z.object({ kind: z.string(), startsOn: daySchema, endsOn: daySchema.nullable() }))
    .nullable(),
})

/** What an import did, or would do (dry run), line by line. */
export const importReportSchema = z.object({
  dryRun: z.boolean(),
  /** false: nothing was written, because of the lines with issues or because it is a dry run. */
  written: z.boolean(),
  counts: z.object({
    lines: z.int(),
    created: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    refused: z.int(),
  }),
  /** About the file as a whole, none of which hinders the import: columns left out, a guessed encoding. */
  notices: z.array(issueSchema),
  lines: z.array(
    z.object({
      /** Line of the file as a spreadsheet counts it: 1 = header. */
      line: z.int(),
      key: z.string(),
      outcome: z.enum(['created', 'changed', 'unchanged', 'refused']),
      changes: z.array(
        z.object({
          field: z.string(),
          /** Heading of the column in the reader's language. */
          title: z.string(),
          from: z.string().nullable(),
          to: z.string().nullable(),
        }),
      ),
      /** Any of these hinders the whole import. */
      issues: z.array(issueSchema),
      /** To be looked at; they hinder nothing. */
      warnings: z.array(issueSchema),
    }),
  ),
  /** Lines that are not listed, because the list ends at 5000: refused, changed and new ones are listed before unchanged ones. */
  omitted: z.int(),
})
export type ImportReport = z.infer<typeof importReportSchema>

export const listUnits = defineRoute({
  method: 'GET',
  path: '/units',
  summary: 'The tree of units as a flat list, parents before children',
  tag: 'people',
  action: 'people.read',
  query: z.object({ ...pageQuery, pageSize: z.coerce.number().int().min(1).max(2000).default(500) }),
  response: pageOf(unitSchema),
})
export const listPositions = defineRoute({
  method: 'GET',
  path: '/positions',
  summary: 'Positions and degrees that appointments may name',
  tag: 'people',
  action: 'people.read',
  response: z.object({ positions: z.array(codedNameSchema), degrees: z.array(codedNameSchema) }),
})
export const listTeachers = defineRoute({
  method: 'GET',
  path: '/teachers',
  summary: 'Teachers by name, searchable, by unit (with all below it) and position',
  tag: 'people',
  action: 'people.read',
  query: z.object({
    ...pageQuery,
    search: z.string().trim().max(100).optional(),
    unit: idSchema.optional(),
    position: z.string().optional(),
  }),
  response: pageOf(teacherSchema),
})
export const getTeacher = defineRoute({
  method: 'GET',
  path: '/teachers/:id',
  summary: 'One teacher with all appointments, and leave for who may read it',
  tag: 'people',
  action: 'people.read',
  about: { what: 'profile', teachers: 'params.id' },
  params: z.object({ id: idSchema }),
  response: teacherDetailSchema,
})

export const importKinds = ['units', 'teachers', 'appointments', 'leaders', 'leaves'] as const
export const importPeople = defineRoute({
  method: 'POST',
  path: '/people/imports/:kind',
  summary: 'Import units, teachers, appointments, leaders or leave from CSV or XLSX; all or nothing',
  tag: 'people',
  action: 'people.import',
  multipart: true,
  params: z.object({ kind: z.enum(importKinds) }),
  body: z.object({ dryRun: z.stringbool().default(true) }),
  response: importReportSchema,
})
export const getImportTemplate = defineRoute({
  method: 'GET',
  path: '/people/imports/:kind/template',
  summary: 'An empty table with the columns an import expects, and one example line',
  tag: 'people',
  action: 'people.import',
  params: z.object({ kind: z.enum(importKinds) }),
  query: z.object({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})
