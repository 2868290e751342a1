/** Where a part that does not know the server says what happened. */
export interface Log {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}
