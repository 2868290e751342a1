import { definePanel } from '@ustaz/web/panel'

export default definePanel({
  id: 'forecast.outlook',
  titleKey: 'plugins.forecast.panels.outlook.title',
  path: '/outlook',
  section: 'rating',
  icon: 'i-lucide-trending-up',
  component: () => import('./OutlookPanel.vue'),
})
