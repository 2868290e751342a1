import { readFileSync } from 'node:fs'
import { fileURLToPath, URL } from 'node:url'
import nuxtUi from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { panelIcons, pluginPanels } from './panel/vite-plugin.ts'
import { theme } from './styles/theme.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const apiAddress = process.env['USTAZ_API'] ?? 'http://127.0.0.1:4870'
const house = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  ustaz: { plugins: string[] }
}

export default defineConfig({
  root,
  plugins: [
    vue(),
    nuxtUi({
      ui: theme,
      // Components and composables are imported by name, so that types and the import rule see them.
      autoImport: false,
      components: false,
      dts: false,
      colorMode: false,
      // Icons are found in the source and built in: the browser never asks a server for one.
      icon: {
        clientBundle: {
          icons: panelIcons(house.ustaz.plugins),
          scan: { globInclude: ['**/*.vue', '**/*.ts'], globExclude: ['dist', 'node_modules'] },
        },
      },
    }),
    pluginPanels(house.ustaz.plugins),
  ],
  define: {
    __VUE_OPTIONS_API__: true,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 700 },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': apiAddress } },
})
