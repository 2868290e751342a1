import { readFile } from 'node:fs/promises'
import type { AppContext } from '../../core/app-context.ts'
import { examineDocument } from '../../core/regulation/examine-document.ts'
import { findIssues } from '../../core/regulation/find-issues.ts'
import { importText } from '../../core/regulation/import-draft.ts'
import { approveVersion } from '../../core/regulation/move-version.ts'
import { parseRegulation } from '../../core/regulation/parse-document.ts'
import { readSupply } from '../../core/regulation/read-supply.ts'
import { getVersion, listVersions } from '../../core/regulation/versions.ts'
import type { OfficeAccounts } from './accounts.ts'
import { textOf } from './say.ts'

export type ShippedRegulation = 'kazutb-teacher' | 'kazutb-head' | 'kazutb-dean'
const fileOf = (name: ShippedRegulation) => new URL(`../../regulations/${name}.yaml`, import.meta.url)

/** The version of a regulation that the demonstration rates by; imported by the rating office and approved by the management if it is not there. */
export async function provideRegulation(
  { db, host, now }: AppContext,
  accounts: OfficeAccounts,
  name: ShippedRegulation,
): Promise<number> {
  const source = await readFile(fileOf(name))
  const document = parseRegulation(source)
  const { items } = await listVersions(db, { page: 1, pageSize: 1000 })
  const there = items.find(({ code, version }) => code === document.code && version === document.version)
  if (there && there.state !== 'draft') return there.id
  const id = await importText(db, source, { accountId: accounts.office, at: now(), replace: true })
  const supply = await readSupply(db, host)
  const reason = textOf('accepted')
  await approveVersion(db, id, {
    accountId: accounts.management,
    at: now(),
    revision: (await getVersion(db, id)).revision,
    accepted: findIssues(document, supply).map(({ path, code }) => ({ path, code, reason })),
    check: async (one) => await examineDocument(db, one, { supply, sources: host }),
  })
  return id
}
