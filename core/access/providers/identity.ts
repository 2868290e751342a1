/** Whom another provider proves: nothing in it is taken from the browser. */
export interface ProvenIdentity {
  /** Permanent id of the provider; stands in account_identity and in sessions. */
  provider: string
  /** Permanent name of the person there, never given to anybody else. */
  subject: string
  name: string
  email: string | null
  /** Whether the provider vouches that the address is the person's. */
  emailVerified: boolean
  /** Personnel number (teacher.code); null: the provider does not say. */
  teacherCode: string | null
  /** Values that rules turn into roles. */
  groups: readonly string[]
}
