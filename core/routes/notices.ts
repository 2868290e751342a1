import type { AppContext } from '../app-context.ts'
import * as contract from '../contract/resources/notices.ts'
import { readContact, writeContact } from '../notices/contact.ts'
import { countUnread, listNotices, markRead } from '../notices/list-notices.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'

export const noticeRoutes: readonly RouteHandler<AppContext>[] = [
  handleRoute(contract.listNotices, async ({ actor, language, query }, { db }: AppContext) => {
    return await listNotices(db, actor.accountId, { ...query, language })
  }),
  handleRoute(contract.countNotices, async ({ actor }, { db }: AppContext) => {
    return { unread: await countUnread(db, actor.accountId) }
  }),
  handleRoute(contract.readNotices, async ({ actor, body }, { db, now }: AppContext) => {
    return { unread: await markRead(db, actor.accountId, { ids: body.ids, at: now() }) }
  }),
  handleRoute(contract.getContact, async ({ actor }, context: AppContext) => {
    return await readContact(context, actor.accountId)
  }),
  handleRoute(contract.setContact, async ({ actor, body }, context: AppContext) => {
    return await writeContact(context, actor.accountId, body)
  }),
]
