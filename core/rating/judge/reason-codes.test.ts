import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { coreMessages, findText } from '../../messages/message.ts'
import { requirementSchema } from '../../contract/regulation/result.ts'

/** Codes that stand in the SQL of reasons: right behind the severity, or in a case. */
async function codesOfSql(): Promise<string[]> {
  const files = (await readdir(import.meta.dirname)).filter((name) => /(?<!\.test)\.ts$/.test(name))
  const texts = await Promise.all(
    files.map(async (name) => await readFile(`${import.meta.dirname}/${name}`, 'utf8')),
  )
  return texts.flatMap((text) => [...text.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, code]) => code!))
}

it('has words for every reason, note and obstacle', async () => {
  const own = (await codesOfSql()).filter((code) =>
    /-(unknown|missing|zero|few|low|short|empty|unmet|eligible|none)$/.test(code),
  )
  expect(own.length).toBeGreaterThan(15)
  const effects = requirementSchema.shape.effect.options
    .map((option) => option.shape.kind.value)
    .filter((kind) => kind !== 'exclude')
    .map((kind) => `requirement-${kind}`)
  const obstacles = [
    ...['no-league', 'no-logarithm', 'nothing-above-zero'],
    ...['area-unknown', 'area-negative', 'area-zero', 'no-weight', 'areas-undecided'],
  ]
  const codes = [...own, ...effects, ...obstacles, 'money-rate-missing']
  expect(codes.filter((code) => findText(coreMessages.en, `reason.${code}`) === null)).toEqual([])
})
