import type { ColumnType, Generated } from 'kysely'

/** numeric: exact decimal text. date: YYYY-MM-DD. bigint: number (ids stay below 2^53). */
export type Json<T> = ColumnType<T, string, string>
export type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>
export type Time = ColumnType<Date, Date | string | undefined, Date | string>
export type Id = Generated<number>
