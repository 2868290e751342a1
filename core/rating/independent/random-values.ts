import fc from 'fast-check'
import { exampleText } from '../example-rules.ts'

export const title = exampleText('Random')
/** One of these, of the type they have where they are used. */
export const oneOf = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
export type Choices = (string | boolean)[]
export type Numbers = Record<string, string>

export const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(fc.constant(undefined), fc.constant(undefined), value)
/** `nulls`: how many times as often as a value there is none. */
export const orNull = <T>(value: fc.Arbitrary<T>, nulls = 1): fc.Arbitrary<T | null> =>
  fc.oneof({ arbitrary: fc.constant(null), weight: nulls }, { arbitrary: value, weight: 1 })
export const decimals = (min: number, max: number) =>
  fc.oneof(
    fc.integer({ min, max }).map(String),
    fc.integer({ min: min * 100, max: max * 100 }).map((hundredths) => String(hundredths / 100)),
  )
export const share = fc.integer({ min: 1, max: 99 }).map((percent) => String(percent / 100))
export const orBlock = (...numbers: string[]) =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...numbers), weight: 12 },
    { arbitrary: fc.constant('block'), weight: 1 },
  )
export const whenUnknown = fc.constantFrom('block', '0', '1.5', '0', '2', '0', '0.25', '3')
export const positions = ['professor', 'senior-lecturer', 'lecturer']
