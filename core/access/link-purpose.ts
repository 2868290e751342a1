/** invitation, reset: for setting a password. */
export type PasswordPurpose = 'invitation' | 'reset'

/** What a mailed link is good for; email: confirms an address. */
export type LinkPurpose = PasswordPurpose | 'email'
