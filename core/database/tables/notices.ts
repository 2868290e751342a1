import type { NoticeParams } from '../../contract/resources/notices.ts'
import type { Id, Json } from './column.ts'

export interface MailTable {
  id: Id
  key: string
  recipient: string
  subject: string
  text: string | null
  created_at: Date
  sent_at: Date | null
  failed_at: Date | null
  failure: string | null
}
export interface NoticeTable {
  id: Id
  account_id: number
  key: string
  kind: string
  params: Json<NoticeParams>
  link: string | null
  created_at: Date
  read_at: Date | null
}

/** What people are told, in the product and by mail. */
export interface NoticeTables {
  mail: MailTable
  notice: NoticeTable
}
