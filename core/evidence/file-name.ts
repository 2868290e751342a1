/** Longest name kept, in characters, ending included. */
const maxLength = 150

/**
 * A name that is safe to store and to offer for saving: no path, no control or direction-changing characters, none that a file
 * system refuses, and an ending that fits the content (`bill.exe` that is a PDF becomes `bill.exe.pdf`).
 */
export function cleanFileName(name: string, extensions: readonly string[]): string {
  const base = name
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const [stem, ending] = divide(base === '' ? 'file' : base, extensions)
  return `${[...stem].slice(0, maxLength - ending.length - 1).join('')}.${ending}`
}

function divide(name: string, extensions: readonly string[]): [string, string] {
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 ? name.slice(dot + 1) : ''
  return extensions.includes(ending.toLowerCase())
    ? [name.slice(0, dot), ending]
    : [name, extensions[0] ?? 'bin']
}
