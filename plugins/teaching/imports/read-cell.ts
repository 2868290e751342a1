import type { WrongCell } from '@ustaz/core/plugin'

const wrong = (code: string, value: string): WrongCell => ({ code: `teaching.${code}`, params: { value } })

/** A percent from 0 to 100 with at most four decimals, comma or point, the sign behind it or not; without superfluous zeros. */
export function readPercent(value: string): string | WrongCell {
  const [, whole = '', decimals = ''] = /^(\d{1,3})(?:[.,](\d{1,12}))?\s*%?$/.exec(value) ?? []
  const fraction = decimals.replace(/0+$/, '')
  const units = Number(whole)
  if (whole === '' || fraction.length > 4 || units > 100 || (units === 100 && fraction !== ''))
    return wrong('grade', value)
  return fraction === '' ? String(units) : `${units}.${fraction}`
}

/** Which attempt gave the grade, 1 to 9. */
export function readAttempts(value: string): string | WrongCell {
  return /^[1-9]$/.test(value) ? value : wrong('attempts', value)
}

/** Autumn 1, spring 2, summer 3, by number or name in any of the languages. */
export function readTerm(value: string): string | WrongCell {
  const names = [
    ['1', 'autumn', 'fall', 'осень', 'осенний', 'күз', 'күзгі'],
    ['2', 'spring', 'весна', 'весенний', 'көктем', 'көктемгі'],
    ['3', 'summer', 'лето', 'летний', 'жаз', 'жазғы'],
  ]
  return names.find((known) => known.includes(value.toLowerCase()))?.[0] ?? wrong('term', value)
}

const yes = ['yes', 'y', 'да', 'иә', '1', '+', 'true']
const no = ['no', 'n', 'нет', 'жоқ', '0', '-', 'false']

export function readYesNo(value: string): string | WrongCell {
  const said = value.toLowerCase()
  if (yes.includes(said)) return 'true'
  return no.includes(said) ? 'false' : wrong('yes-no', value)
}
