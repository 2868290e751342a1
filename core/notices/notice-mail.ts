import type { NoticeKind, NoticeParams } from '../contract/resources/notices.ts'
import type { Language, LocalizedText } from '../contract/text.ts'
import { translate } from '../messages/message.ts'

/** A notice in words. */
export function noticeText(
  { kind, params }: { kind: NoticeKind; params: NoticeParams },
  language: Language,
): { title: string; text: string } {
  const shown = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, isLocalized(value) ? value[language] : value]),
  )
  return {
    title: translate(language, `notice.${kind}.title`, shown),
    text: translate(language, `notice.${kind}.text`, shown),
  }
}

function isLocalized(value: NoticeParams[string]): value is LocalizedText {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The same as a mail, with where to look and how to get no more of it. `publicUrl`: without a slash at the end. */
export function noticeMail(
  notice: { kind: NoticeKind; params: NoticeParams; link: string | null },
  language: Language,
  publicUrl: string,
): { subject: string; text: string } {
  const { title, text } = noticeText(notice, language)
  const where = notice.link === null ? [] : [`${publicUrl}${notice.link}`]
  const off = translate(language, 'notice.mail-off', { address: `${publicUrl}/notices` })
  return { subject: `Ustaz: ${title}`, text: `${[text, ...where, off].join('\n\n')}\n` }
}
