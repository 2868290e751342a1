import { definePanel } from '@ustaz/web/panel'

const titleKey = 'plugins.teaching.panels.results.title'
const icon = 'i-lucide-graduation-cap'

export default [
  definePanel({
    id: 'teaching.results',
    titleKey,
    path: '/teaching',
    section: 'people',
    action: 'teaching.read',
    icon,
    component: () => import('./ResultsPanel.vue'),
  }),
  definePanel({
    id: 'teaching.result',
    titleKey,
    path: '/teaching/:teacher(\\d+)/:course(\\d+)/:year(\\d+)/:term([1-3])',
    icon,
    component: () => import('./ResultPanel.vue'),
  }),
  definePanel({
    id: 'teaching.import',
    titleKey: 'plugins.teaching.panels.import.title',
    path: '/teaching/import',
    section: 'administration',
    action: 'teaching.import',
    icon: 'i-lucide-file-input',
    component: () => import('./ImportPanel.vue'),
  }),
  definePanel({
    id: 'teaching.import-order',
    titleKey: 'plugins.teaching.panels.import.title',
    path: '/teaching/import/:order(\\d+)',
    icon: 'i-lucide-file-input',
    component: () => import('./ImportOrderPanel.vue'),
  }),
]
