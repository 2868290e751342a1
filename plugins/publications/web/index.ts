import { definePanel } from '@ustaz/web/panel'

export default [
  definePanel({
    id: 'publications.import',
    titleKey: 'plugins.publications.panels.import.title',
    path: '/evidence/import',
    section: 'evidence',
    action: 'evidence.write',
    icon: 'i-lucide-file-input',
    component: () => import('./ImportPanel.vue'),
  }),
  definePanel({
    id: 'publications.journals',
    titleKey: 'plugins.publications.panels.journals.title',
    path: '/journals',
    section: 'administration',
    action: 'catalogue.read',
    icon: 'i-lucide-library-big',
    component: () => import('./JournalsPanel.vue'),
  }),
  definePanel({
    id: 'publications.help',
    place: 'evidence-form',
    component: () => import('./JournalHelp.vue'),
  }),
  definePanel({
    id: 'publications.authors',
    place: 'evidence-participants',
    component: () => import('./AuthorHelp.vue'),
  }),
]
