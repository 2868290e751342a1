import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import { scanByClamd } from './clamd.ts'

/**
 * Has a content scanned where a scanner is set. Answers when it was found clean; null: there is no scanner, so it is not scanned.
 * Throws `file-infected` (422) with what was found, `scan-unavailable` (503).
 */
export async function scanFile(
  { config, now }: Pick<AppContext, 'config' | 'now'>,
  name: string,
  content: Uint8Array,
): Promise<Date | null> {
  if (config.clamdUrl === null) return null
  const found = await scanByClamd(config.clamdUrl, content)
  if (found !== null) throw new UstazError('file-infected', { status: 422, params: { name, found } })
  return now()
}
