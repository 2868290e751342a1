/** Which of two decimal numbers in text is greater, exactly: below 0, 0 or above 0, as for sorting. */
export function compareDecimals(a: string, b: string): number {
  const decimals = Math.max(decimalsOf(a), decimalsOf(b))
  const difference = scaled(a, decimals) - scaled(b, decimals)
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

const decimalsOf = (text: string) => text.split('.')[1]?.length ?? 0

function scaled(text: string, decimals: number): bigint {
  return BigInt(text.replace('.', '') + '0'.repeat(decimals - decimalsOf(text)))
}
