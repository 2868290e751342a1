import { titleKey } from './title-likeness.ts'

/** Words that count or tell a time; `*`: however the word goes on. */
const words: Readonly<Record<string, string>> = {
  1: 'first one перв* бірінші*',
  2: 'second two втор* екінші*',
  3: 'third three трет* үшінші*',
  4: 'fourth four четверт* төртінші*',
  5: 'fifth five пят* бесінші*',
  6: 'sixth six шест* алтыншы*',
  7: 'seventh seven седьм* жетінші*',
  8: 'eighth eight восьм* сегізінші*',
  9: 'ninth nine девят* тоғызыншы*',
  10: 'tenth ten десят* оныншы*',
  spring: 'spring весен* весн* көктем*',
  summer: 'summer лето летн* жаз жазғы*',
  autumn: 'autumn fall осен* күз күзгі*',
  winter: 'winter зим* қыс қысқы*',
  january: 'january январ* қаңтар*',
  february: 'february феврал* ақпан*',
  march: 'march март* наурыз*',
  april: 'april апрел* сәуір*',
  may: 'may май мая мае мамыр*',
  june: 'june июн* маусым*',
  july: 'july июл* шілде*',
  august: 'august август* тамыз*',
  september: 'september сентябр* қыркүйек*',
  october: 'october октябр* қазан*',
  november: 'november ноябр* қараша*',
  december: 'december декабр* желтоқсан*',
}

const whole = new Map<string, string>()
const starts: [start: string, what: string][] = []
for (const [what, forms] of Object.entries(words))
  for (const form of titleKey(forms).split(' '))
    if (form.endsWith('*')) starts.push([form.slice(0, -1), what])
    else whole.set(form, what)

/** The number or time that a word of a title's key names; null: none. */
export function countOf(word: string): string | null {
  return whole.get(word) ?? starts.find(([start]) => word.startsWith(start))?.[1] ?? null
}
