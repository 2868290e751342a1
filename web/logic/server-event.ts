/** One event of a stream; `name` is empty for a comment, a sign of life. */
export interface ServerEvent {
  name: string
  data: string
}

/** A block of a stream of events (WHATWG HTML, 9.2.6), as far as the server writes it. */
export function eventOf(block: string): ServerEvent {
  const lines = block.split('\n').map((line) => /^(event|data): ?(.*)$/.exec(line))
  const of = (field: string) => lines.flatMap((line) => (line?.[1] === field ? [line[2] ?? ''] : []))
  return { name: of('event')[0] ?? '', data: of('data').join('\n') }
}
