/** For route-walk.test.ts: files as a browser sends them. */
export const onePagePdf = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'

export function formOf(content: string, name: string, fields: Record<string, string> = {}): FormData {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append('file', new Blob([content]), name)
  return form
}

export const csv = (content: string, fields: Record<string, string> = {}) =>
  formOf(content, 'table.csv', fields)
