import type { ProblemParams } from '../contract/problem.ts'
import type { NoticeKind } from '../contract/resources/notices.ts'
import type { Language } from '../contract/text.ts'
import { translate } from '../messages/message.ts'

/** A notice in words. */
export function noticeText(
  { kind, params }: { kind: NoticeKind; params: ProblemParams },
  language: Language,
): { title: string; text: string } {
  return {
    title: translate(language, `notice.${kind}.title`, params),
    text: translate(language, `notice.${kind}.text`, params),
  }
}

/** The same as a mail, with where to look and how to get no more of it. `publicUrl`: without a slash at the end. */
export function noticeMail(
  notice: { kind: NoticeKind; params: ProblemParams; link: string | null },
  language: Language,
  publicUrl: string,
): { subject: string; text: string } {
  const { title, text } = noticeText(notice, language)
  const where = notice.link === null ? [] : [`${publicUrl}${notice.link}`]
  const off = translate(language, 'notice.mail-off', { address: `${publicUrl}/notices` })
  return { subject: `Ustaz: ${title}`, text: `${[text, ...where, off].join('\n\n')}\n` }
}
