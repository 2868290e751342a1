import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { TaskCard } from './learn-task.ts'

export interface SortingTables {
  sorting_task: {
    task: string
    classes: string[]
    weights: Buffer
    biases: Buffer
    rarity: Buffer
    temperature: number
    threshold: number | null
    word_hashes: Buffer
    word_counts: Buffer
    card: JSONColumnType<TaskCard>
    learned_at: ColumnType<Date, Date, Date>
  }
  sorting_usual: {
    indicator: string
    what: string
    count: number
    middle: number
    spread: number
    low: number
    high: number
  }
  sorting_answer: { task: string; day: string; taken: Generated<number>; declined: Generated<number> }
}
