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
  definePanel({
    id: 'forecast.sorting',
    titleKey: 'plugins.forecast.panels.sorting.title',
    path: '/suggestions',
    section: 'administration',
    icon: 'i-lucide-lightbulb',
    component: () => import('./SortingPanel.vue'),
  }),
  definePanel({
    id: 'forecast.kinds',
    place: 'evidence-kinds',
    component: () => import('./KindSuggestion.vue'),
  }),
  definePanel({
    id: 'forecast.fields',
    place: 'evidence-form',
    component: () => import('./FieldSuggestions.vue'),
  }),
  definePanel({
    id: 'forecast.remarks',
    place: 'evidence-review',
    component: () => import('./EntryRemarks.vue'),
  }),
]
