import type { RawBuilder } from 'kysely'

export type Query = RawBuilder<unknown>
