import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const require = createRequire(import.meta.url)
/** Dots for each of the 1/72 inches of the page: about what a phone sees of a slip held before it. */
const scale = 3

/** What the QR codes of a PDF say, as a phone reads them off the printed pages: drawn to pixels first. */
export async function readCodes(pdf: Uint8Array): Promise<string[]> {
  const wasm = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) },
  })
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 })
  const document = await task.promise
  const codes: string[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const viewport = page.getViewport({ scale })
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height))
    await page.render({ canvas: canvas as never, viewport }).promise
    const image = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    const found = await readBarcodes(
      { data: image.data, width: canvas.width, height: canvas.height, colorSpace: 'srgb' } as ImageData,
      { formats: ['QRCode'], maxNumberOfSymbols: 255, tryHarder: true },
    )
    codes.push(...found.filter(({ isValid }) => isValid).map(({ text }) => text))
  }
  await task.destroy()
  return codes
}
