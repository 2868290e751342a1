/** What answers say of one teacher, in units of the answers. Null: unknown, never 0. */
export interface TeacherScore {
  teacher: string
  /** As many as count: where questions are put together, and some were answered by fewer, not a whole number. */
  answers: number
  /** Plain mean; null: no answers. */
  raw: number | null
  /** Standard deviation of the plain mean about the true one, which does not know of anybody else. */
  rawError: number | null
  /** What the teacher would be taken for without answers: the mean of the department, itself drawn towards that of all. */
  prior: number | null
  /** Mean drawn towards the prior, the more the less it rests on. */
  shrunken: number | null
  /** Standard deviation of shrunken less true mean. */
  standardError: number | null
  low: number | null
  high: number | null
}
