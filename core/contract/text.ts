import { z } from 'zod'

export const languages = ['kk', 'ru', 'en'] as const
export const languageSchema = z.enum(languages)
export type Language = z.infer<typeof languageSchema>

/** A text in all three languages of the product; none may be empty. */
export const localizedTextSchema = z.object({
  kk: z.string().min(1),
  ru: z.string().min(1),
  en: z.string().min(1),
})
export type LocalizedText = z.infer<typeof localizedTextSchema>

/** Picks the language a client asked for with Accept-Language; the product's first language otherwise. */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...options] = part.trim().split(';')
      const quality = options.find((option) => option.trim().startsWith('q='))
      return { tag: tag.slice(0, 2).toLowerCase(), quality: quality ? Number(quality.trim().slice(2)) : 1 }
    })
    .sort((a, b) => b.quality - a.quality)
  return wanted.map(({ tag }) => tag).find(isLanguage) ?? 'kk'
}

function isLanguage(tag: string): tag is Language {
  return languages.some((language) => language === tag)
}
