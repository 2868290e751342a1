/** Where to go after sign-in: a path of this product, or / where what was asked for leads anywhere else. */
export function returnPath(asked: unknown): string {
  if (typeof asked !== 'string' || !asked.startsWith('/')) return '/'
  const base = 'https://ustaz.invalid'
  const target = URL.parse(asked, base)
  if (target?.origin !== base || /^\/sign-in(\/|$)/.test(target.pathname)) return '/'
  const path = target.pathname + target.search + target.hash
  // A second slash would make a host of what follows.
  return path.startsWith('//') ? '/' : path
}
