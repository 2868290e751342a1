import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Content, PdfMake } from 'pdfmake'
import type { Words } from '../questions/question.ts'
import { textOf } from '../texts.ts'

export interface Sheet {
  group: string
  /** Of whom each of the links is: one, or where answers are linked all of the group. */
  about: readonly { course: string; teacher: string }[]
  links: readonly string[]
}

const slipsPerRow = 3
const languages = ['kk', 'ru', 'en'] as const

const require = createRequire(import.meta.url)

/** Roboto comes with the library; it has the letters of Kazakh. */
function openPdfMake(): PdfMake {
  const pdfmake = require('pdfmake') as PdfMake
  const folder = join(dirname(require.resolve('pdfmake/package.json')), 'fonts', 'Roboto')
  const font = (name: string) => join(folder, `Roboto-${name}.ttf`)
  pdfmake.setFonts({
    Roboto: {
      normal: font('Regular'),
      bold: font('Medium'),
      italics: font('Italic'),
      bolditalics: font('MediumItalic'),
    },
  })
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder))
  pdfmake.setUrlAccessPolicy(() => false)
  return pdfmake
}

/** A4, a page or more for each sheet: who is asked about what, how to hand the slips out, and a slip to cut off for each link. */
export async function drawSheets({
  title,
  sheets,
}: {
  title: Words
  sheets: readonly Sheet[]
}): Promise<Buffer> {
  return await openPdfMake()
    .createPdf({
      pageSize: 'A4',
      pageMargins: [30, 30, 30, 30],
      info: { title: title.en },
      defaultStyle: { font: 'Roboto', fontSize: 8 },
      content: sheets.map((sheet, index) => drawSheet(sheet, title, index)),
    })
    .getBuffer()
}

function drawSheet({ group, about, links }: Sheet, title: Words, index: number): Content {
  const whom = about.map(({ course, teacher }) => `${course} · ${teacher}`)
  const isOne = whom.length === 1
  const slip = isOne ? `${about[0]!.course}\n${about[0]!.teacher}` : group
  return {
    stack: [
      { text: languages.map((language) => title[language]).join(' · '), fontSize: 10 },
      { text: isOne ? `${group} · ${whom[0]!}` : group, bold: true, fontSize: 13, margin: [0, 4, 0, 4] },
      { text: isOne ? '' : whom.join('\n'), margin: [0, 0, 0, 4] },
      {
        text: languages
          .map((language) => textOf(language, isOne ? 'sheet.handOut' : 'sheet.handOutLinked'))
          .join('\n'),
        margin: [0, 0, 0, 10],
      },
      {
        table: {
          widths: Array.from({ length: slipsPerRow }, () => '*'),
          dontBreakRows: true,
          body: rowsOf(links.map((link) => drawSlip(link, slip))),
        },
        layout: { hLineStyle: () => ({ dash: { length: 3 } }), vLineStyle: () => ({ dash: { length: 3 } }) },
      },
    ],
    ...(index === 0 ? {} : { pageBreak: 'before' }),
  }
}

function drawSlip(link: string, about: string): Content {
  return {
    stack: [
      { qr: link, fit: 92, eccLevel: 'M', alignment: 'center', margin: [0, 4, 0, 4] },
      { text: about, bold: true, alignment: 'center' },
      {
        text: languages.map((language) => textOf(language, 'sheet.scan')).join('\n'),
        alignment: 'center',
        fontSize: 7,
        margin: [0, 2, 0, 4],
      },
    ],
  }
}

function rowsOf(slips: readonly Content[]): Content[][] {
  return Array.from({ length: Math.ceil(slips.length / slipsPerRow) }, (_, row) => {
    const own = slips.slice(row * slipsPerRow, (row + 1) * slipsPerRow)
    return [...own, ...Array.from({ length: slipsPerRow - own.length }, () => ({ text: '' }))]
  })
}
