import type { RawBuilder } from 'kysely'

/** A part of a rating's SQL, put together before it is run. */
export type Query = RawBuilder<unknown>
