/** A part of the vocabulary that the engine refuses until it can compile it: it never passes one over in silence. */
export function notYet(part: string): Error {
  return new Error(`the engine cannot compile ${part} yet`)
}
