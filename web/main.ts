import { PiniaColada } from '@pinia/colada'
import icons from '@nuxt/ui/runtime/vue/plugins/icons.js'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n.ts'
import { createAppRouter } from './router.ts'
import { startSession } from './stores/session.ts'
import './styles/main.css'

const pinia = createPinia()
await startSession(pinia)
const router = createAppRouter(pinia)
const app = createApp(App)
  .use(pinia)
  .use(PiniaColada, { queryOptions: { staleTime: 15_000, refetchOnWindowFocus: false } })
  .use(i18n)
  .use(router)
  .use(icons)
// Which page it is decides what stands around it.
await router.isReady()
app.mount('#app')
