/// <reference types="vite/client" />

declare module 'virtual:ustaz-panels' {
  import type { PluginPart } from './panel/index.ts'
  const panels: readonly PluginPart[]
  export default panels
}

declare module '@nuxt/ui/runtime/vue/plugins/icons.js' {
  import type { Plugin } from 'vue'
  const plugin: Plugin
  export default plugin
}
