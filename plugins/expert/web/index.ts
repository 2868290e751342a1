import { definePanel } from '@ustaz/web/panel'

const titleKey = 'plugins.expert.panels.consultation.title'
const icon = 'i-lucide-users-round'

export default [
  definePanel({
    id: 'expert.consultations',
    titleKey,
    path: '/consultations',
    section: 'administration',
    action: 'consultation.answer',
    icon,
    component: () => import('./ConsultationsPanel.vue'),
  }),
  definePanel({
    id: 'expert.open',
    titleKey,
    path: '/consultations/new',
    icon,
    component: () => import('./OpenPanel.vue'),
  }),
  definePanel({
    id: 'expert.consultation',
    titleKey,
    path: '/consultations/:id(\\d+)',
    icon,
    component: () => import('./ConsultationPanel.vue'),
  }),
  definePanel({
    id: 'expert.answer',
    titleKey,
    path: '/consultations/:id(\\d+)/answer',
    icon,
    component: () => import('./AnswerPanel.vue'),
  }),
]
