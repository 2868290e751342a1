/** As much of pdfmake 0.3 as is used here; the package has no types of its own. */
declare module 'pdfmake' {
  type Margin = [left: number, top: number, right: number, bottom: number]
  interface Style {
    margin?: Margin
    alignment?: 'center'
    bold?: boolean
    fontSize?: number
    pageBreak?: 'before'
  }
  export type Content = Style &
    (
      | { text: string }
      | { qr: string; fit: number; eccLevel: 'M' }
      | { stack: Content[] }
      | {
          table: { widths: string[]; dontBreakRows: boolean; body: Content[][] }
          layout: { hLineStyle(): LineStyle; vLineStyle(): LineStyle }
        }
    )
  interface LineStyle {
    dash: { length: number }
  }
  interface DocumentDefinition {
    pageSize: 'A4'
    pageMargins: Margin
    info: { title: string }
    defaultStyle: { font: string; fontSize: number }
    content: Content[]
  }
  type Font = Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>
  export interface PdfMake {
    setFonts(fonts: Readonly<Record<string, Font>>): void
    setLocalAccessPolicy(mayRead: (path: string) => boolean): void
    setUrlAccessPolicy(mayFetch: (url: string) => boolean): void
    createPdf(document: DocumentDefinition): { getBuffer(): Promise<Buffer> }
  }
}
