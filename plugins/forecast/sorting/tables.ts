import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { TaskCard } from './learn-task.ts'
import type { MatchingCard } from './matching/learn-matching.ts'

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
  sorting_matching: {
    matching: string
    features: string[]
    refused: 'few' | 'no-better' | null
    questions: number
    weights: Buffer | null
    biases: Buffer | null
    temperature: number | null
    threshold: number | null
    card: JSONColumnType<MatchingCard> | null
    learned_at: ColumnType<Date, Date, Date>
  }
  sorting_answer: {
    task: string
    day: string
    shown: Generated<number>
    taken: Generated<number>
    declined: Generated<number>
  }
}
