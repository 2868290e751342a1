import type { ColumnType, Generated } from 'kysely'
import type { LocalizedText } from '@ustaz/core/contract'
import type { Question } from './questions/question.ts'

type Json<T> = ColumnType<T, string, string>
type Time = ColumnType<Date, Date, Date>
type OptionalTime = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface QuestionnaireTable {
  id: Generated<number>
  code: string
  title: Json<LocalizedText>
}
export interface QuestionnaireVersionTable {
  id: Generated<number>
  questionnaire_id: number
  number: number
  questions: Json<Question[]>
  fixed_at: OptionalTime
}
export interface CampaignTable {
  id: Generated<number>
  title: Json<LocalizedText>
  version_id: number
  period_from: string
  period_to: string
  opens_at: Time
  closes_at: Time
  threshold: number
  linked_ground: ColumnType<LocalizedText | null, string | null | undefined, string | null>
  released_at: OptionalTime
  closed_at: OptionalTime
}
export interface CellTable {
  id: Generated<number>
  campaign_id: number
  course_code: string
  course_title: string
  group_code: string
  teacher_id: number
  teacher_name: string
  students: number
}
export interface TokenTable {
  hash: Buffer
  /** null: the link is about a bundle. */
  cell_id: number | null
  bundle_id: number | null
  way: 'paper' | 'mail'
  receipt: Buffer | null
}
/** What somebody wrote in answer to a question of kind text. */
export interface WrittenText {
  question: string
  text: string
}
export interface TallyTable {
  cell_id: number
  answers: Generated<number>
  counts: number[]
  texts: ColumnType<WrittenText[], string | undefined, string>
}

/** What one person chose about several teachers: by id of the cell, a step for each scale that counts, in their order; null: not answered. */
export type Voice = Readonly<Record<string, readonly (number | null)[]>>
export interface BundleTable {
  id: Generated<number>
  campaign_id: number
  groups: string[]
  voices: ColumnType<Voice[], string | undefined, string>
}
export interface LinkedResultTable {
  campaign_id: number
  teacher: string
  unit: string | null
  part: string | null
  student: string
  rest: string
}

/** How often each value of a question was chosen; counts in the order of the question's values. */
export interface QuestionResult {
  question: string
  /** Who answered it. */
  answers: number
  counts: number[]
}
export interface TeacherResultTable {
  campaign_id: number
  teacher_id: number
  unit_id: number | null
  students: number
  answers: number | null
  score: string | null
  shrunken: string | null
  standard_error: string | null
  mean_error: string | null
  low: string | null
  high: string | null
  questions: Json<QuestionResult[]>
}
export interface PartResultTable {
  campaign_id: number
  teacher_id: number
  place: number
  cell_ids: number[]
  students: number
  answers: number
  score: string | null
  questions: Json<QuestionResult[]>
}
export interface UnitResultTable {
  campaign_id: number
  unit_id: number
  teachers: number
  median: string
}
export const remarkStates = ['waiting', 'shown', 'withheld'] as const
export type RemarkState = (typeof remarkStates)[number]
export interface RemarkTable {
  id: string
  campaign_id: number
  teacher_id: number
  question: string
  body: string
  state: Generated<RemarkState>
  decided_by: number | null
  decided_at: OptionalTime
}

/** The tables of this plugin, in its own schema. */
export interface SurveyTables {
  questionnaire: QuestionnaireTable
  questionnaire_version: QuestionnaireVersionTable
  campaign: CampaignTable
  cell: CellTable
  token: TokenTable
  bundle: BundleTable
  tally: TallyTable
  teacher_result: TeacherResultTable
  part_result: PartResultTable
  unit_result: UnitResultTable
  linked_result: LinkedResultTable
  remark: RemarkTable
}
