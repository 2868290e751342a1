import { definePanel } from '@ustaz/web/panel'

export default [
  definePanel({
    id: 'forecast.outlook',
    titleKey: 'plugins.forecast.panels.outlook.title',
    path: '/outlook',
    section: 'rating',
    action: 'result.read',
    icon: 'i-lucide-trending-up',
    component: () => import('./OutlookPanel.vue'),
  }),
  definePanel({
    id: 'forecast.year',
    titleKey: 'plugins.forecast.panels.year.title',
    path: '/outlook/year',
    section: 'rating',
    action: 'result.read',
    icon: 'i-lucide-calendar-clock',
    component: () => import('./YearPanel.vue'),
  }),
  definePanel({
    id: 'forecast.teacher',
    place: 'teacher',
    component: () => import('./TeacherOutlook.vue'),
  }),
]
