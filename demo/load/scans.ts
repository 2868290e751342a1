import type { PoolClient } from 'pg'
import type { FileStore } from '../../core/evidence/file-store.ts'
import { drawScan } from './scan.ts'

/**
 * Attaches a scan to every entry, drafts left out, whose kind of evidence demands a file: one and the same for all of a kind, so
 * the store holds one file for each. In the transaction of the load, after the evidence.
 */
export async function loadScans(
  client: PoolClient,
  files: FileStore,
  indicators: readonly string[],
): Promise<void> {
  for (const indicator of indicators) {
    const { sha256, bytes } = await files.put(drawScan(indicator))
    await client.query(
      `insert into core.evidence_file (evidence_id, name, media_type, bytes, sha256, uploaded_by, uploaded_at)
       select id, $2, 'application/pdf', $3, $4, created_by, created_at
       from core.evidence where indicator = $1 and state <> 'draft'`,
      [indicator, `${indicator}.pdf`, bytes, sha256],
    )
  }
}
