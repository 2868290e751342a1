/** Why personal data may be kept: the employment relation; a duty of law; a legitimate interest of the university. */
export type LegalBasis = 'employment' | 'law' | 'interest'

/**
 * How long: as long as the person is employed; until what it is for was worked out, and then no more; so many years after the person has left; so
 * many years after it was written; as long as there is what it belongs to (a frozen run, a decision on record), without the name.
 */
export type Retention =
  | { until: 'left' }
  | { until: 'used' }
  | { yearsAfterLeaving: number }
  | { yearsAfterWriting: number }
  | { until: 'permanent' }

/** The personal data of one table. */
export interface PersonalTable {
  /**
   * The column by which rows belong to a person: it holds the id of a teacher, of an account, or of evidence in which a teacher takes part.
   * null: the people in it are not known to the university, so that nobody's rows can be told.
   */
  person: { teacher: string } | { account: string } | { evidence: string } | null
  /** What it is kept for: the text `personalData.purposes.<purpose>` of the owner's messages, or of core's. */
  purpose: string
  basis: LegalBasis
  keep: Retention
  /** The action of the rights table by which others read it; who may do it is told with it. null: nobody reads it through the product. */
  readBy: string | null
  /** Columns that say something of a person: texts `personalData.columns.<column>` of the owner's messages, or of core's. */
  columns: readonly string[]
  /** Columns in which people write what they like, with their types: in them, too, the number takes the place of the name when it is erased. */
  texts?: Readonly<Record<string, 'text' | 'jsonb'>>
  /** What goes when a person's data are erased: the rows; or columns made null or empty, or overwritten by the personnel number (`code`); nothing. */
  erase: 'rows' | Readonly<Record<string, 'null' | 'empty' | 'code'>> | 'nothing'
}
export type PersonalData = Readonly<Record<string, PersonalTable>>
