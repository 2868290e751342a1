import { expect, test } from 'vitest'
import { projectYear } from './project-year.ts'

test("the year ends as what stands over the share that stood in earlier years, with Student's interval", () => {
  // Of 100 and 300 stood 40 and 60: a quarter. log(2.5) and log(5) differ by log 2: variance log(2)^2 / 2, one degree of freedom.
  const found = projectYear(50, [
    { standing: 40, final: 100 },
    { standing: 60, final: 300 },
  ])
  const deviation = Math.sqrt((Math.log(2) ** 2 / 2) * 1.5)
  expect(found).toMatchObject({
    mean: 200,
    lower80: 50,
    lower95: 50,
    upper80: expect.closeTo(200 * Math.exp(3.078 * deviation), 6) as number,
  })
})

test('years that went exactly alike leave what chance makes of few entries', () => {
  const years = [10, 10, 10].map((final) => ({ standing: 5, final }))
  const found = projectYear(4, years)
  expect(found).toMatchObject({ mean: 8 })
  expect(found).toHaveProperty('upper80', 8 * Math.exp(1.886 * Math.sqrt((0.5 / 4) * (4 / 3))))
})

test('nothing is said of fewer than two earlier years, nor where nothing stands or stood', () => {
  expect(projectYear(5, [{ standing: 3, final: 9 }])).toBe('few-years')
  expect(projectYear(5, [{ standing: 3, final: 9 }, { standing: 0, final: 0 }])).toBe('few-years') // prettier-ignore
  const two = [{ standing: 3, final: 9 }, { standing: 0, final: 8 }] // prettier-ignore
  expect(projectYear(5, two)).toBe('too-early')
  expect(projectYear(0, [two[0]!, two[0]!])).toBe('too-early')
})

test('intervals hold what they say where years differ by chance', () => {
  // Shares of 0.5 with a deviation of 0.1 on the log scale, by a fixed sequence of normal numbers.
  let state = 7
  const uniform = () => (state = (state * 16807) % 2147483647) / 2147483647
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
  const year = () => {
    const final = 4000
    return { final, standing: Math.round(final * 0.5 * Math.exp(0.1 * normal())) }
  }
  let [inside, tries] = [0, 0]
  for (let round = 0; round < 2000; round++) {
    const { final, standing } = year()
    const found = projectYear(standing, [year(), year(), year(), year()])
    if (typeof found === 'string') throw new Error(found)
    inside += Number(final >= found.lower80 && final <= found.upper80)
    tries++
  }
  expect(inside / tries).toBeGreaterThan(0.77)
  expect(inside / tries).toBeLessThan(0.83)
})
