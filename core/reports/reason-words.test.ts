import { expect, it } from 'vitest'
import { exampleDocument } from '../regulation/example-document.ts'
import { reasonInWords } from './reason-words.ts'
import type { ReasonNames } from './reason-words.ts'

const names: ReasonNames = {
  document: exampleDocument(),
  positions: new Map([['professor', 'Профессор']]),
  messagesOf: (plugin) =>
    plugin === 'test'
      ? { kk: {}, ru: { kinds: { book: { fields: { sheets: 'Печатные листы' } } } }, en: {} }
      : null,
}

it.each([
  [
    { code: 'value-unknown', clause: '1.1', params: { value: 'sheets', factNo: 3 } },
    'Для пункта 1.1 «1.1» неизвестно значение «Печатные листы» в факте № 3: его нужно дополнить.',
  ],
  [
    { code: 'value-unknown', clause: '1.1', params: { value: 'teacher.field', factNo: 3 } },
    'Для пункта 1.1 «1.1» неизвестно значение «отрасль науки» в факте № 3: его нужно дополнить.',
  ],
  [
    { code: 'value-without-points', clause: '1.1', params: { value: 'sheets', found: '0.5', factNo: 3 } },
    'В пункте 1.1 «1.1» нет баллов для значения «Печатные листы»: 0.5 (факт № 3).',
  ],
  [
    { code: 'value-unknown', clause: '1.1', params: { value: 'sheets', factNo: 3, teacher: 'T7' } },
    'Для пункта 1.1 «1.1» неизвестно значение «Печатные листы» в факте № 3 (T7): его нужно дополнить.',
  ],
  [
    { code: 'norm-missing', clause: 'N', params: { position: 'professor' } },
    'В положении нет нормы (N «Norm») для должности «Профессор».',
  ],
  [
    { code: 'rate-too-low', clause: 'E', params: { rate: '0.5', atLeast: '1' } },
    'Ставка 0.5; по положению нужно не менее 1 (E «Rate»).',
  ],
])('says %j by names', (reason, words) => {
  expect(reasonInWords(reason, names, 'ru')).toBe(words)
})

it('falls back to the id where a plugin or a clause has no name any more', () => {
  const reason = { code: 'value-unknown', clause: 'gone', params: { value: 'sheets', factNo: 1 } }
  expect(reasonInWords(reason, names, 'en')).toContain('"sheets"')
})
