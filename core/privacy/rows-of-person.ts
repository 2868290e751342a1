import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { schemaOf } from '../database/migrate.ts'
import type { PersonalTable } from '../plugin/personal-data.ts'
import type { Declaration } from './register.ts'

/** A declared table whose rows can be told to be a person's. */
export interface DeclaredTable {
  /** With its schema: core.teacher */
  name: string
  declaration: Declaration
  personal: PersonalTable
  /** The test on its rows. */
  isOf(teacherId: number): RawBuilder<boolean>
}

/** All of them, in the order of the declarations. */
export function declaredTables(declarations: readonly Declaration[]): DeclaredTable[] {
  return declarations.flatMap((declaration) =>
    Object.entries(declaration.data).flatMap(([table, personal]): DeclaredTable[] => {
      const { person } = personal
      if (!person) return []
      const name = `${schemaOf(declaration.owner)}.${table}`
      return [{ name, declaration, personal, isOf: (teacherId) => isOf(person, teacherId) }]
    }),
  )
}

function isOf(person: NonNullable<PersonalTable['person']>, teacherId: number): RawBuilder<boolean> {
  if ('teacher' in person) return sql`${sql.ref(person.teacher)} = ${teacherId}`
  return 'account' in person
    ? sql`${sql.ref(person.account)} in (select a.id from core.account a where a.teacher_id = ${teacherId})`
    : sql`${sql.ref(person.evidence)} in
        (select p.evidence_id from core.evidence_participant p where p.teacher_id = ${teacherId})`
}
