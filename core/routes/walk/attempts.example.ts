/**
 * For route-walk.test.ts: how each route is asked about what belongs to Anna. `address` stands below /api; `body` is one that the route
 * accepts from whoever may, so that a refusal is about the asker and about nothing else.
 */
import { participant } from './belongings.example.ts'
import type { Belongings } from './belongings.example.ts'
import { csv, formOf, onePagePdf } from './forms.example.ts'
import { plugins } from './plugin-attempts.example.ts'
import { surveys } from './survey-attempts.example.ts'

export interface Attempt {
  address: string
  body?: object | FormData
}
export type Prepared = Record<string, (ids: Belongings) => Attempt>

const entry = (ids: Belongings) => ({
  indicator: 'methodical.mooc',
  data: { title: 'Somebody else was here', platform: 'own', address: null },
  happenedOn: '2026-02-01',
  participants: [participant(ids)],
})
const period = { periodFrom: '2025-09-01', periodTo: '2026-08-31' }
const pdf = () => formOf(onePagePdf, 'other.pdf')

const accounts: Prepared = {
  'DELETE /account/sessions/:id': ({ session }) => ({ address: `/account/sessions/${session}` }),
  'GET /accounts/:id': ({ account }) => ({ address: `/accounts/${account}` }),
  'POST /accounts': () => ({
    address: '/accounts',
    body: {
      name: 'New',
      email: 'new@walk.kz',
      teacherId: null,
      roles: [{ role: 'administrator', unitId: null }],
    },
  }),
  'PUT /accounts/:id': ({ account, teacher }) => ({
    address: `/accounts/${account}`,
    body: { name: 'Анна', email: 'anna@walk.kz', teacherId: teacher },
  }),
  'PUT /accounts/:id/roles': ({ account }) => ({
    address: `/accounts/${account}/roles`,
    body: { roles: [{ role: 'teacher', unitId: null }] },
  }),
  'PUT /accounts/:id/locked': ({ account }) => ({
    address: `/accounts/${account}/locked`,
    body: { locked: false },
  }),
  'POST /accounts/:id/links': ({ account }) => ({ address: `/accounts/${account}/links` }),
  'DELETE /accounts/:id/sessions': ({ account }) => ({ address: `/accounts/${account}/sessions` }),
  'DELETE /account/tokens/:id': ({ tokens }) => ({ address: `/account/tokens/${tokens.own}` }),
  'GET /accounts/:id/tokens': ({ account }) => ({ address: `/accounts/${account}/tokens` }),
  'DELETE /accounts/:id/tokens/:tokenId': ({ account, tokens }) => ({
    address: `/accounts/${account}/tokens/${tokens.managed}`,
  }),
  'DELETE /accounts/:id/second-factor': ({ account }) => ({ address: `/accounts/${account}/second-factor` }),
  'DELETE /accounts/:id/identities': ({ account }) => ({ address: `/accounts/${account}/identities` }),
  'PUT /plugins/:id/enabled': () => ({ address: '/plugins/arts/enabled', body: { enabled: true } }),
  'PUT /plugins/:id/settings': () => ({ address: '/plugins/arts/settings', body: {} }),
}

const evidence: Prepared = {
  'GET /evidence': ({ teacher }) => ({ address: `/evidence?teacher=${teacher}` }),
  'GET /evidence, of a unit': () => ({ address: '/evidence?unit=4&pageSize=50' }),
  'GET /evidence/:id': ({ evidence: id }) => ({ address: `/evidence/${id}` }),
  'GET /evidence/:id, a draft': ({ draft }) => ({ address: `/evidence/${draft.id}` }),
  'POST /evidence': (ids) => ({ address: '/evidence', body: entry(ids) }),
  'PUT /evidence/:id': (ids) => ({
    address: `/evidence/${ids.draft.id}`,
    body: { ...entry(ids), revision: ids.draft.revision },
  }),
  'GET /evidence/:id/files/:fileId': ({ draft }) => ({
    address: `/evidence/${draft.id}/files/${draft.fileId}`,
  }),
  'GET /evidence/:id/files/:fileId, by an entry of one’s own': ({ ownEvidence, draft }) => ({
    address: `/evidence/${ownEvidence}/files/${draft.fileId}`,
  }),
  'DELETE /evidence/:id/files/:fileId, by an entry of one’s own': ({ ownDraft, draft }) => ({
    address: `/evidence/${ownDraft}/files/${draft.fileId}`,
  }),
  'POST /evidence/:id/files': ({ draft }) => ({ address: `/evidence/${draft.id}/files`, body: pdf() }),
  'DELETE /evidence/:id/files/:fileId': ({ draft }) => ({
    address: `/evidence/${draft.id}/files/${draft.fileId}`,
  }),
  'POST /evidence/:id/participants': ({ draft, ownTeacher }) => ({
    address: `/evidence/${draft.id}/participants`,
    body: { identity: 'guessed', teacherId: ownTeacher, role: null, ordinal: null },
  }),
  'POST /evidence/:id/shares/confirmation': ({ draft }) => ({
    address: `/evidence/${draft.id}/shares/confirmation`,
    body: { share: '1' },
  }),
  'PUT /evidence/:id/points': ({ draft }) => ({
    address: `/evidence/${draft.id}/points`,
    body: { points: '5', reason: 'x', revision: draft.revision },
  }),
  'POST /evidence/:id/moves': ({ draft }) => ({
    address: `/evidence/${draft.id}/moves`,
    body: { action: 'submit', revision: draft.revision },
  }),
  'POST /evidence/:id/moves, reopened': ({ evidence: id }) => ({
    address: `/evidence/${id}/moves`,
    body: { action: 'reopen', reason: 'x', revision: 1 },
  }),
  'POST /evidence/:id/moves, approved': ({ submitted }) => ({
    address: `/evidence/${submitted.id}/moves`,
    body: { action: 'approve', revision: submitted.revision },
  }),
  'POST /approval/decisions': ({ submitted }) => ({
    address: '/approval/decisions',
    body: { items: [submitted] },
  }),
  'GET /evidence/copies/:id': ({ copies }) => ({ address: `/evidence/copies/${copies.merged.id}` }),
  'POST /evidence/copies/:id/merging': (ids) => {
    const { id, ...kept } = ids.copies.merged
    return { address: `/evidence/copies/${id}/merging`, body: { ...entry(ids), ...kept, reason: 'x' } }
  },
  'POST /evidence/copies/:id/separation': ({ copies }) => ({
    address: `/evidence/copies/${copies.apart.id}/separation`,
    body: { reason: 'x' },
  }),
  'GET /approval/queue': ({ teacher }) => ({ address: `/approval/queue?teacher=${teacher}` }),
  'GET /approval/waiting': ({ teacher }) => ({ address: `/approval/waiting?teacher=${teacher}` }),
  'POST /approval/delegations': ({ historian, account }) => ({
    address: '/approval/delegations',
    body: { fromAccountId: historian, toAccountId: account, startsOn: '2026-08-01', endsOn: '2026-08-02' },
  }),
  'DELETE /approval/delegations/:id': ({ delegation }) => ({
    address: `/approval/delegations/${delegation}`,
  }),
  'POST /approval/relatives': ({ account, ownTeacher }) => ({
    address: '/approval/relatives',
    body: { accountId: account, teacherId: ownTeacher },
  }),
  'DELETE /approval/relatives/:id': ({ relative }) => ({ address: `/approval/relatives/${relative}` }),
  'POST /notices/read': ({ notice }) => ({ address: '/notices/read', body: { ids: [notice] } }),
}

const people: Prepared = {
  'GET /teachers': () => ({ address: '/teachers?unit=1' }),
  'GET /teachers/:id': ({ teacher }) => ({ address: `/teachers/${teacher}` }),
  'POST /people/imports/:kind': () => ({
    address: '/people/imports/units',
    body: csv('code,kind,parent,name_en\nnew,faculty,u,New\n', { dryRun: 'false' }),
  }),
  'GET /people/imports/:kind/template': () => ({ address: '/people/imports/leaves/template?format=csv' }),
  'GET /teachers/:id/entries': ({ teacher }) => ({ address: `/teachers/${teacher}/entries` }),
  'GET /teachers/:id/points': ({ teacher }) => ({ address: `/teachers/${teacher}/points` }),
  'GET /teachers/:id/entries/:evidenceId/points': ({ teacher, draft }) => ({
    address: `/teachers/${teacher}/entries/${draft.id}/points`,
  }),
  'GET /teachers/:id/entries/:evidenceId/points, by oneself': ({ ownTeacher, draft }) => ({
    address: `/teachers/${ownTeacher}/entries/${draft.id}/points`,
  }),
  'GET /teachers/:id/results': ({ teacher }) => ({ address: `/teachers/${teacher}/results` }),
  'GET /privacy/accesses': ({ teacher }) => ({ address: `/privacy/accesses?teacher=${teacher}` }),
  'GET /audit': ({ account }) => ({ address: `/audit?account=${account}` }),
  'POST /privacy/requests/:id/moves': ({ request }) => ({
    address: `/privacy/requests/${request.asked}/moves`,
    body: { action: 'refuse', answer: 'no' },
  }),
  'DELETE /privacy/requests/:id': ({ request }) => ({ address: `/privacy/requests/${request.asked}` }),
  'GET /privacy/requests/:id/bundle': ({ request }) => ({
    address: `/privacy/requests/${request.granted}/bundle`,
  }),
}

const runs: Prepared = {
  'POST /runs': ({ regulation }) => ({
    address: '/runs',
    body: { regulationVersionId: regulation.approved, ...period, purpose: 'trial' },
  }),
  'GET /runs/:id': (ids) => ({ address: `/runs/${ids.runs.run}` }),
  'GET /runs/:id, not published': (ids) => ({ address: `/runs/${ids.runs.waiting}` }),
  'POST /runs/:id/cancel': (ids) => ({ address: `/runs/${ids.runs.waiting}/cancel` }),
  'GET /runs/:id/verification': (ids) => ({ address: `/runs/${ids.runs.run}/verification` }),
  'GET /runs/:id/export': (ids) => ({ address: `/runs/${ids.runs.run}/export` }),
  'GET /runs/:id/ranking': (ids) => ({ address: `/runs/${ids.runs.run}/ranking` }),
  'GET /runs/:id/ranking/export': (ids) => ({ address: `/runs/${ids.runs.run}/ranking/export?format=csv` }),
  'GET /runs/:id/teachers/:teacherId': (ids) => ({
    address: `/runs/${ids.runs.run}/teachers/${ids.teacher}`,
  }),
  'GET /runs/:id/fairness': (ids) => ({ address: `/runs/${ids.runs.run}/fairness` }),
  'GET /runs/:id/units': (ids) => ({ address: `/runs/${ids.runs.run}/units?kind=department` }),
  'GET /runs/:id/publication': (ids) => ({ address: `/runs/${ids.runs.run}/publication` }),
  'POST /runs/:id/publication': (ids) => ({
    address: `/runs/${ids.runs.run}/publication`,
    body: { state: 'final', note: 'Minutes', replaces: ids.runs.before },
  }),
  'POST /runs/:id/publication/withdrawal': (ids) => ({
    address: `/runs/${ids.runs.before}/publication/withdrawal`,
    body: { reason: 'x' },
  }),
  'GET /runs/:id/leagues': (ids) => ({ address: `/runs/${ids.runs.run}/leagues` }),
  'GET /runs/:id/table': (ids) => ({ address: `/runs/${ids.runs.run}/table` }),
  'POST /settings/table-by-name': () => ({
    address: '/settings/table-by-name',
    body: { isOn: false, reason: 'x' },
  }),
  'GET /runs/:id/compare/:other': (ids) => ({ address: `/runs/${ids.runs.run}/compare/${ids.runs.before}` }),
  'GET /runs/:id/compare/:other/groups': (ids) => ({
    address: `/runs/${ids.runs.run}/compare/${ids.runs.before}/groups`,
  }),
  'GET /runs/:id/compare/:other/teachers': (ids) => ({
    address: `/runs/${ids.runs.run}/compare/${ids.runs.before}/teachers`,
  }),
  'GET /runs/:id/compare/:other/teachers/export': (ids) => ({
    address: `/runs/${ids.runs.run}/compare/${ids.runs.before}/teachers/export?format=csv`,
  }),
  'GET /runs/:id/compare/:other/teachers/:teacherId': (ids) => ({
    address: `/runs/${ids.runs.run}/compare/${ids.runs.before}/teachers/${ids.teacher}`,
  }),
  'GET /runs/:id/certainty': (ids) => ({ address: `/runs/${ids.runs.run}/certainty` }),
  'POST /runs/:id/certainty': (ids) => ({ address: `/runs/${ids.runs.before}/certainty` }),
  'GET /runs/:id/certainty/bands': (ids) => ({ address: `/runs/${ids.runs.run}/certainty/bands` }),
  'GET /runs/:id/certainty/teachers': (ids) => ({ address: `/runs/${ids.runs.run}/certainty/teachers` }),
  'POST /runs/:id/shadow': (ids) => ({
    address: `/runs/${ids.runs.old}/shadow`,
    body: csv('code,place\nSemenova Anna,1\n', { dryRun: 'true' }),
  }),
  'GET /runs/:id/shadow': (ids) => ({ address: `/runs/${ids.runs.old}/shadow` }),
  'GET /runs/:id/shadow/teachers': (ids) => ({ address: `/runs/${ids.runs.old}/shadow/teachers` }),
  'GET /runs/:id/shadow/teachers/export': (ids) => ({
    address: `/runs/${ids.runs.old}/shadow/teachers/export?format=csv`,
  }),
  'POST /runs/:id/shadow/moves': (ids) => ({
    address: `/runs/${ids.runs.old}/shadow/moves`,
    body: { action: 'publish' },
  }),
  'GET /runs/:id/shadow/published': (ids) => ({ address: `/runs/${ids.runs.old}/shadow/published` }),
  'DELETE /runs/:id/shadow': (ids) => ({ address: `/runs/${ids.runs.old}/shadow` }),
}

const appeals: Prepared = {
  'POST /runs/:id/appeals': (ids) => ({
    address: `/runs/${ids.runs.run}/appeals`,
    body: { subject: 'evidence', evidenceId: ids.evidence, reason: 'x' },
  }),
  'GET /appeals/own': (ids) => ({ address: `/appeals/own?run=${ids.runs.run}` }),
  'GET /appeals/assigned': (ids) => ({ address: `/appeals/assigned?run=${ids.runs.run}` }),
  'GET /appeals': (ids) => ({ address: `/appeals?run=${ids.runs.run}` }),
  'GET /runs/:id/appeals/statistics': (ids) => ({ address: `/runs/${ids.runs.run}/appeals/statistics` }),
  'GET /appeals/:id': ({ appeal }) => ({ address: `/appeals/${appeal.filed}` }),
  'POST /appeals/:id/files': ({ appeal }) => ({ address: `/appeals/${appeal.filed}/files`, body: pdf() }),
  'GET /teachers/:teacherId/appeals/:id/files/:fileId': ({ teacher, appeal }) => ({
    address: `/teachers/${teacher}/appeals/${appeal.filed}/files/${appeal.fileId}`,
  }),
  'GET /teachers/:teacherId/appeals/:id/files/:fileId, by oneself': ({ ownTeacher, appeal }) => ({
    address: `/teachers/${ownTeacher}/appeals/${appeal.filed}/files/${appeal.fileId}`,
  }),
  'GET /appeals/:id/reviewers': ({ appeal }) => ({ address: `/appeals/${appeal.filed}/reviewers` }),
  'POST /appeals/:id/reviewer': ({ appeal, reviewer }) => ({
    address: `/appeals/${appeal.filed}/reviewer`,
    body: { accountId: reviewer },
  }),
  'POST /appeals/:id/answer': ({ appeal }) => ({
    address: `/appeals/${appeal.inReview}/answer`,
    body: { outcome: 'rejected', reason: 'x' },
  }),
  'POST /appeals/:id/withdrawal': ({ appeal }) => ({
    address: `/appeals/${appeal.filed}/withdrawal`,
    body: { reason: 'x' },
  }),
  'GET /runs/:id/correction': (ids) => ({ address: `/runs/${ids.runs.run}/correction` }),
  'POST /runs/:id/correction': (ids) => ({ address: `/runs/${ids.runs.run}/correction` }),
}

const regulations: Prepared = {
  'GET /regulations/:id': ({ regulation }) => ({ address: `/regulations/${regulation.draft}` }),
  'GET /regulations/:id/findings': ({ regulation }) => ({
    address: `/regulations/${regulation.draft}/findings`,
  }),
  'GET /regulations/:id/document': ({ regulation }) => ({
    address: `/regulations/${regulation.draft}/document`,
  }),
  'POST /regulations': ({ regulation }) => ({
    address: '/regulations',
    body: formOf(JSON.stringify({ ...regulation.document, version: '9' }), 'walked.json'),
  }),
  'POST /regulations/drafts': () => ({
    address: '/regulations/drafts',
    body: { code: 'walked', version: '1', title: { kk: 'x', ru: 'x', en: 'x' }, source: 'x' },
  }),
  'POST /regulations/check': ({ regulation }) => ({
    address: '/regulations/check',
    body: { versionId: regulation.draft },
  }),
  'POST /regulations/:id/preview': ({ regulation, teacher }) => ({
    address: `/regulations/${regulation.approved}/preview`,
    body: { teacherId: teacher },
  }),
  'POST /regulations/:id/drafts': ({ regulation }) => ({
    address: `/regulations/${regulation.approved}/drafts`,
    body: { version: '3' },
  }),
  'PUT /regulations/:id': ({ regulation }) => ({
    address: `/regulations/${regulation.draft}`,
    body: { document: regulation.document, revision: 1 },
  }),
  'POST /regulations/:id/moves': ({ regulation }) => ({
    address: `/regulations/${regulation.draft}/moves`,
    body: { action: 'approve', revision: 1 },
  }),
}

/** By method and path of the route (a plugin's with its name before it); after a comma, another way to the same route. */
export const attempts: Prepared = {
  ...accounts,
  ...evidence,
  ...people,
  ...runs,
  ...appeals,
  ...regulations,
  ...plugins,
  ...surveys,
}
