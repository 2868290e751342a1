import { expect, test } from 'vitest'
import { panelIcons, panelsModule, pluginPanels } from './vite-plugin.ts'

test('the module imports every plugin that has panels and joins them into one list', () => {
  expect(panelsModule(['@a/one', '@b/two'])).toBe(
    [
      "import panel0 from '@a/one/web'",
      "import panel1 from '@b/two/web'",
      'export default [panel0, panel1].flat()',
    ].join('\n'),
  )
})

test('a plugin without panels is passed over, one that is not installed is named', () => {
  const source = (names: string[]) => {
    const { load } = pluginPanels(names)
    return typeof load === 'function' ? Reflect.apply(load, null, ['\0virtual:ustaz-panels']) : null
  }
  expect(source(['@ustaz/plugin-shares'])).toContain('export default []')
  expect(source(['@ustaz/plugin-publications'])).toContain("'@ustaz/plugin-publications/web'")
  expect(() => source(['@ustaz/plugin-gone'])).toThrow('@ustaz/plugin-gone')
})

test('icons that panels name are found in their files', () => {
  expect(panelIcons(['@ustaz/plugin-publications'])).toContain('lucide:user-check')
})
