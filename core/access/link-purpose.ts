export type LinkPurpose = PasswordPurpose | 'email'

/** invitation, reset: for setting a password; email: confirms an address. */
export type PasswordPurpose = 'invitation' | 'reset'
