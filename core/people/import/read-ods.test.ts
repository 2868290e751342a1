import { expect, test } from 'vitest'
import { readCells } from './read-cells.ts'
import { testZip } from './test-zip.ts'

const mimetype = 'application/vnd.oasis.opendocument.spreadsheet'
const text = (value: string) =>
  `<table:table-cell office:value-type="string"><text:p>${value}</text:p></table:table-cell>`
const sheet = (rows: string, after = '') =>
  testZip([
    { path: 'mimetype', content: mimetype },
    {
      path: 'content.xml',
      content: `<?xml version="1.0"?><office:document-content><office:body><office:spreadsheet>
<table:table table:name="Бағалар"><table:table-column/>${rows}</table:table>${after}
</office:spreadsheet></office:body></office:document-content>`,
    },
  ])
const row = (cells: string, attributes = '') => `<table:table-row${attributes}>\n${cells}\n</table:table-row>`
const read = async (rows: string, after?: string) => (await readCells(sheet(rows, after))).rows

test('texts, numbers and days are read by their value, other sheets left out', async () => {
  const number =
    '<table:table-cell office:value-type="float" office:value="87.5"><text:p>87,50</text:p></table:table-cell>'
  const percent =
    '<table:table-cell office:value-type="percentage" office:value="0.875"><text:p>87,50 %</text:p></table:table-cell>'
  const day =
    '<table:table-cell office:value-type="date" office:date-value="2026-01-20T00:00:00"><text:p>20.01.26</text:p></table:table-cell>'
  const other = `<table:table>${row(text('no'))}</table:table>`
  expect(await read(row(text('Тегі &amp; &#1240;ті')) + row(number + percent + day), other)).toEqual([
    ['Тегі & Әті'],
    ['87.5', '87,50 %', '2026-01-20'],
  ])
})

test('what repeats is written out, but not the emptiness behind the table', async () => {
  const gap = '<table:table-cell table:number-columns-repeated="2"/>'
  const end = '<table:table-cell table:number-columns-repeated="16381"/>'
  const rows =
    row(text('a') + gap + text('b') + end) +
    row('<table:table-cell/>', ' table:number-rows-repeated="2"') +
    row(text('c'), ' table:number-rows-repeated="2"') +
    row(end, ' table:number-rows-repeated="1048570"')
  expect(await read(rows)).toEqual([['a', '', '', 'b'], [], [], ['c'], ['c']])
})

test('spaces, lines and styled pieces stay, comments do not', async () => {
  const cell =
    '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>' +
    '<text:p>a<text:s text:c="2"/><text:span>b</text:span></text:p><text:p>c</text:p></table:table-cell>'
  expect(await read(row(cell))).toEqual([['a  b\nc']])
})

test('a formula without a value is refused with its place, an absurd size before memory is filled', async () => {
  const formula = '<table:table-cell table:formula="of:=A1"></table:table-cell>'
  await expect(read(row(text('a') + formula))).rejects.toMatchObject({
    code: 'import-cells-broken',
    params: { cells: ['B1'] },
  })
  const endless = row(text('a'), ' table:number-rows-repeated="1048576"')
  await expect(read(endless)).rejects.toMatchObject({ code: 'import-file-too-large' })
  const wide = row('<table:table-cell table:number-columns-repeated="200"/>' + text('a'))
  await expect(read(wide)).rejects.toMatchObject({ code: 'import-file-too-large' })
})
