import { definePanel } from '@ustaz/web/panel'

const titleKey = 'plugins.surveys.panels.surveys.title'
const icon = 'i-lucide-message-square-quote'
const pages = {
  '/surveys/results/:id(\\d+)/:teacher(\\d+)': () => import('./ResultPanel.vue'),
  '/surveys/remarks': () => import('./RemarksPanel.vue'),
  '/surveys/campaigns': () => import('./CampaignsPanel.vue'),
  '/surveys/campaigns/new': () => import('./NewCampaignPanel.vue'),
  '/surveys/campaigns/:id(\\d+)': () => import('./CampaignPanel.vue'),
  '/surveys/questionnaires': () => import('./QuestionnairesPanel.vue'),
  '/surveys/questionnaires/:id(\\d+)': () => import('./VersionPanel.vue'),
}

export default [
  definePanel({
    id: 'surveys.results',
    titleKey,
    path: '/surveys',
    section: 'people',
    icon,
    component: () => import('./ResultsPanel.vue'),
  }),
  definePanel({ id: 'surveys.fact', place: 'fact', component: () => import('./SurveyFact.vue') }),
  ...Object.entries(pages).map(([path, component]) =>
    definePanel({ id: `surveys.${path.replace(/\W+/g, '-')}`, titleKey, path, icon, component }),
  ),
]
