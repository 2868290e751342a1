import type { Participant } from '../../contract/resources/evidence.ts'

/**
 * The participants of one copy with those of the other that it lacks behind them. The same person: the same teacher, or a name that
 * one of the two lists without knowing whose it is. Shares of those who are added are kept while all together stay within the
 * whole, in exact twelfths of a decimal (12 digits), and left open otherwise: nobody agreed to them.
 */
export function uniteParticipants(
  kept: readonly Participant[],
  other: readonly Participant[],
): Participant[] {
  const united = kept.map((one) => ({ ...one }))
  const added: Participant[] = []
  for (const participant of other) {
    const known = united.find((one) => isSame(one, participant))
    if (!known) added.push({ ...participant })
    else if (known.teacherId === null) {
      known.teacherId = participant.teacherId
      known.role ??= participant.role
      known.affiliated = participant.affiliated
    } else known.role ??= participant.role
  }
  const total = [...united, ...added].reduce((sum, { share }) => sum + unitsOf(share), 0n)
  const isWhole = total <= unitsOf('1')
  return [...united, ...added.map((one) => (isWhole ? one : { ...one, share: null }))]
}

function isSame(a: Participant, b: Participant): boolean {
  if (a.teacherId !== null && b.teacherId !== null) return a.teacherId === b.teacherId
  return lettersOf(a.name) === lettersOf(b.name)
}

const lettersOf = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** A share in units of 10^-12; null: 0. */
function unitsOf(share: string | null): bigint {
  if (share === null) return 0n
  const [whole = '0', fraction = ''] = share.split('.')
  return BigInt(whole) * 10n ** 12n + BigInt(fraction.padEnd(12, '0').slice(0, 12))
}
