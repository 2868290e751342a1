/**
 * A PDF of one page (ISO 32000-1) that says in large letters what it stands for: the scan of a document that does not exist.
 * `text`: ASCII without brackets and backslashes.
 */
export function drawScan(text: string): Buffer {
  const page = `BT /F 22 Tf 60 760 Td (${text}) Tj 0 -34 Td (Ustaz demonstration: no real document) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${page.length}>>\nstream\n${page}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  return Buffer.from(assemble(objects), 'latin1')
}

/** Numbers the objects and says at the end where each begins. */
function assemble(objects: readonly string[]): string {
  let file = '%PDF-1.4\n'
  const starts = objects.map((object, i) => {
    const start = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return start
  })
  const lines = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${lines}`
  return `${file}${table}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`
}
