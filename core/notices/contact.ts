import type { AppContext } from '../app-context.ts'
import type { Contact } from '../contract/resources/notices.ts'
import type { Language } from '../contract/text.ts'
import { canMail } from '../mail/queue-mail.ts'

type Context = Pick<AppContext, 'db' | 'config'>

/** Where and how mail reaches an account. */
export async function readContact(context: Context, accountId: number): Promise<Contact> {
  const {
    email,
    language,
    wants_mail: wantsMail,
  } = await context.db
    .selectFrom('account')
    .select(['email', 'language', 'wants_mail'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  return { email, language, wantsMail, sendsMail: canMail(context) }
}

export async function writeContact(
  context: Context,
  accountId: number,
  { language, wantsMail }: { language: Language; wantsMail: boolean },
): Promise<Contact> {
  await context.db
    .updateTable('account')
    .set({ language, wants_mail: wantsMail })
    .where('id', '=', accountId)
    .execute()
  return await readContact(context, accountId)
}
