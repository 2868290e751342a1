/** A block of a BibTeX file: `@type{...}` with the line it starts on. `closed` is false when its brackets never balance. */
export type BibtexBlock = { type: string; text: string; line: number; closed: boolean }

const blockStart = /@\s*(?:%[^\n]*\n\s*)?([a-zA-Z][\w-]*)\s*(?:%[^\n]*\n\s*)?([{(])/g

/** Index just after the bracket that closes the one at `open`, or -1. Inside braces only braces count, as in BibTeX. */
function endOfBlock(text: string, open: number): number {
  const round = text[open] === '('
  let depth = 0
  for (let i = open; i < text.length; i++) {
    const character = text[i]
    if (character === '\\' && /[{}\\]/.test(text[i + 1] ?? '')) i++
    else if (character === '{') depth++
    else if (character === '}') {
      depth--
      if (!round && depth === 0) return i + 1
    } else if (character === ')' && round && depth === 0) return i + 1
  }
  return -1
}

/** Where an unbalanced block is given up: at the next line that starts an entry of its own. */
function nextEntry(text: string, from: number): number {
  const found = /\n[ \t]*@\s*[a-zA-Z][\w-]*\s*[{(]\s*[^\s,{}()=]*\s*,/g
  found.lastIndex = from
  return found.exec(text)?.index ?? text.length
}

/**
 * A block that swallowed the next entry (a brace is missing) is cut before it: no field holds a line `@article{key,`.
 * Comments may hold whole entries, so they are left alone.
 */
function endOrCut(text: string, start: number, open: number, type: string): { end: number; closed: boolean } {
  const end = endOfBlock(text, open)
  if (type === 'comment' && end !== -1) return { end, closed: true }
  const next = nextEntry(text, start + 1)
  if (end === -1 || next < end) return { end: next, closed: false }
  return { end, closed: true }
}

/** Cuts a BibTeX file into its blocks; text between blocks is a comment in BibTeX and is skipped. */
export function splitBibtex(text: string): BibtexBlock[] {
  const blocks: BibtexBlock[] = []
  let line = 1
  let counted = 0
  blockStart.lastIndex = 0
  for (let match = blockStart.exec(text); match; match = blockStart.exec(text)) {
    const type = (match[1] ?? '').toLowerCase()
    const { end, closed } = endOrCut(text, match.index, blockStart.lastIndex - 1, type)
    for (; counted < match.index; counted++) if (text[counted] === '\n') line++
    blocks.push({ type, text: text.slice(match.index, end), line, closed })
    blockStart.lastIndex = end
  }
  return blocks
}
