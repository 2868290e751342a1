import { expect, test } from 'vitest'
import { decodeText } from './decode.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

test('UTF-8 is read with and without its mark', () => {
  const marked = new TextEncoder().encode('\ufeffҚазақ')
  expect(decodeText(marked)).toEqual({ text: 'Қазақ', encoding: 'utf-8', guessed: false })
  expect(decodeText(marked.slice(3)).text).toBe('Қазақ')
})

test('UTF-16 is read in both byte orders when marked', () => {
  expect(decodeText(bytes(0xff, 0xfe, 0x41, 0, 0x1b, 0x04))).toMatchObject({
    text: 'AЛ',
    encoding: 'utf-16le',
  })
  expect(decodeText(bytes(0xfe, 0xff, 0, 0x41, 0x04, 0x1b))).toMatchObject({
    text: 'AЛ',
    encoding: 'utf-16be',
  })
})

test('UTF-16 without a mark is told by its zeros, and said to be a guess', () => {
  const unmarked = new Uint8Array(Buffer.from('@article{k, title = {Ұлы дала}}', 'utf16le'))
  expect(decodeText(unmarked)).toMatchObject({ text: '@article{k, title = {Ұлы дала}}', guessed: true })
})

test('Russian in Windows 1251 is recognised by its runs of letters, and said to be a guess', () => {
  const russian = bytes(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2)
  expect(decodeText(russian)).toEqual({ text: 'Привет', encoding: 'windows-1251', guessed: true })
})

test('French in Windows 1252 is recognised by its single accents among ASCII letters', () => {
  const french = bytes(0x43, 0x61, 0x66, 0xe9, 0x20, 0x64, 0xe9, 0x6a, 0xe0)
  expect(decodeText(french)).toEqual({ text: 'Café déjà', encoding: 'windows-1252', guessed: true })
})

test('no bytes are an empty text', () => {
  expect(decodeText(bytes())).toEqual({ text: '', encoding: 'utf-8', guessed: false })
})
