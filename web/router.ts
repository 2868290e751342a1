import { openIdReturnPath } from '@ustaz/core/contract'
import { createRouter, createWebHistory } from 'vue-router'
import type { Pinia } from 'pinia'
import type { Router, RouteRecordRaw } from 'vue-router'
import PanelPage from './components/PanelPage.vue'
import { panels } from './logic/panels.ts'
import { useSession } from './stores/session.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown to who is not signed in too, without the dashboard around it. */
    open?: true
  }
}

const pages: RouteRecordRaw[] = [
  { path: '/sign-in', component: () => import('./pages/SignInPage.vue'), meta: { open: true } },
  { path: openIdReturnPath, component: () => import('./pages/SignInReturnPage.vue'), meta: { open: true } },
  { path: '/set-password', component: () => import('./pages/SetPasswordPage.vue'), meta: { open: true } },
  {
    path: '/forgot-password',
    component: () => import('./pages/ForgotPasswordPage.vue'),
    meta: { open: true },
  },
  { path: '/confirm-email', component: () => import('./pages/ConfirmEmailPage.vue'), meta: { open: true } },
  { path: '/', component: () => import('./pages/OverviewPage.vue') },
  { path: '/runs', component: () => import('./pages/RunsPage.vue') },
  { path: '/runs/:id(\\d+)', component: () => import('./pages/RunPage.vue') },
  { path: '/runs/:id(\\d+)/ranking', component: () => import('./pages/RankingPage.vue') },
  { path: '/runs/:id(\\d+)/certainty', component: () => import('./pages/RunCertaintyPage.vue') },
  { path: '/runs/:id(\\d+)/fairness', component: () => import('./pages/FairnessPage.vue') },
  { path: '/runs/:id(\\d+)/units', component: () => import('./pages/UnitsPage.vue') },
  { path: '/runs/:id(\\d+)/appeals', component: () => import('./pages/RunAppealsPage.vue') },
  { path: '/runs/:id(\\d+)/table', component: () => import('./pages/RunTablePage.vue') },
  { path: '/runs/:id(\\d+)/shadow', component: () => import('./pages/RunShadowPage.vue') },
  {
    path: '/runs/:id(\\d+)/compare/:other(\\d+)?',
    component: () => import('./pages/RunComparePage.vue'),
  },
  {
    path: '/runs/:id(\\d+)/compare/:other(\\d+)/teachers/:teacherId(\\d+)',
    component: () => import('./pages/MoverPage.vue'),
  },
  {
    path: '/runs/:id(\\d+)/teachers/:teacherId(\\d+)',
    component: () => import('./pages/TeacherResultPage.vue'),
  },
  { path: '/appeals', component: () => import('./pages/AppealsPage.vue') },
  { path: '/appeals/:id(\\d+)', component: () => import('./pages/AppealPage.vue') },
  { path: '/evidence', component: () => import('./pages/EvidenceListPage.vue') },
  { path: '/evidence/new', component: () => import('./pages/EvidenceNewPage.vue') },
  { path: '/evidence/:id(\\d+)', component: () => import('./pages/EvidencePage.vue') },
  { path: '/evidence/copies', component: () => import('./pages/EvidenceCopiesPage.vue') },
  { path: '/evidence/copies/:id(\\d+)', component: () => import('./pages/EvidenceCopyPage.vue') },
  { path: '/my-year', component: () => import('./pages/TeacherYearPage.vue') },
  { path: '/people/:id(\\d+)/year', component: () => import('./pages/TeacherYearPage.vue') },
  { path: '/approval', component: () => import('./pages/ApprovalPage.vue') },
  { path: '/approval/absence', component: () => import('./pages/AbsencePage.vue') },
  { path: '/notices', component: () => import('./pages/NoticesPage.vue') },
  { path: '/people', component: () => import('./pages/PeoplePage.vue') },
  { path: '/people/import', component: () => import('./pages/PeopleImportPage.vue') },
  { path: '/people/:id(\\d+)', component: () => import('./pages/TeacherPage.vue') },
  { path: '/regulations', component: () => import('./pages/RegulationsPage.vue') },
  { path: '/regulations/:id(\\d+)', component: () => import('./pages/RegulationPage.vue') },
  { path: '/regulations/:id(\\d+)/edit', component: () => import('./pages/RegulationEditPage.vue') },
  { path: '/regulations/:id(\\d+)/approve', component: () => import('./pages/RegulationApprovePage.vue') },
  {
    path: '/regulations/:id(\\d+)/diff/:other(\\d+)',
    component: () => import('./pages/RegulationDiffPage.vue'),
  },
  { path: '/audit', component: () => import('./pages/AuditPage.vue') },
  { path: '/privacy', component: () => import('./pages/PrivacyAccessesPage.vue') },
  { path: '/privacy/requests', component: () => import('./pages/PrivacyRequestsPage.vue') },
  { path: '/privacy/register', component: () => import('./pages/PrivacyRegisterPage.vue') },
  { path: '/settings/table-by-name', component: () => import('./pages/TableSettingPage.vue') },
  { path: '/account', component: () => import('./pages/OwnAccountPage.vue') },
  { path: '/rights', component: () => import('./pages/RightsPage.vue') },
  { path: '/accounts', component: () => import('./pages/AccountsPage.vue') },
  { path: '/plugins', component: () => import('./pages/PluginsPage.vue') },
]

/** Pages of the dashboard and of the installed plugins; their ids in the address are numbers. */
export function createAppRouter(pinia: Pinia): Router {
  const session = useSession(pinia)
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      ...pages,
      ...panels.map((panel) => ({ path: panel.path, component: PanelPage, props: { panel } })),
      { path: '/:rest(.*)*', component: () => import('./pages/NotFoundPage.vue') },
    ],
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- what replaces it is experimental in vue-router 5
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
  router.beforeEach((to) => {
    if (session.account === null) return to.meta.open ? true : signInFor(to.fullPath)
    return session.isHeld && !to.meta.open && to.path !== '/account' ? '/account' : true
  })
  return router
}

/** The page of sign-in, which leads back to where one wanted to go. */
export function signInFor(path: string): { path: string; query: Record<string, string> } {
  return { path: '/sign-in', query: path === '/' ? {} : { to: path } }
}
