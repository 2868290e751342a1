/** For route-walk.test.ts: how the routes of surveys are asked about what belongs to Anna, as in attempts.example.ts. */
import type { Attempt, Prepared } from './attempts.example.ts'
import type { Belongings } from './belongings.example.ts'
import { formOf } from './forms.example.ts'
import { annasGroups, annasPlan, annasQuestions, annasWords } from './surveys.example.ts'

const address = '/plugins/surveys'

export const surveys: Prepared = {
  'POST surveys:/questionnaires': () => ({
    address: `${address}/questionnaires`,
    body: { code: 'walked', title: annasWords, questions: annasQuestions },
  }),
  'GET surveys:/versions/:id': ({ survey }) => ({ address: `${address}/versions/${survey.version}` }),
  'PUT surveys:/versions/:id': ({ survey }) => ({
    address: `${address}/versions/${survey.version}`,
    body: { questions: annasQuestions },
  }),
  'POST surveys:/questionnaires/:id/versions': ({ survey }) => ({
    address: `${address}/questionnaires/${survey.questionnaire}/versions`,
  }),
  'GET surveys:/campaigns/:id': ({ survey }) => ({
    address: `${address}/campaigns/${survey.campaigns.open}`,
  }),
  'POST surveys:/campaigns': ({ survey }) => ({
    address: `${address}/campaigns`,
    body: annasPlan(survey.version),
  }),
  'PUT surveys:/campaigns/:id': ({ survey }) => ({
    address: `${address}/campaigns/${survey.campaigns.draft}`,
    body: annasPlan(survey.version),
  }),
  'POST surveys:/campaigns/:id/groups/removal': ({ survey }) => ({
    address: `${address}/campaigns/${survey.campaigns.spare}/groups/removal`,
    body: { groups: ['H1'] },
  }),
  'DELETE surveys:/campaigns/:id': ({ survey }) => ({
    address: `${address}/campaigns/${survey.campaigns.spare}`,
  }),
  'POST surveys:/campaigns/:id/release': ({ survey }) => ({
    address: `${address}/campaigns/${survey.campaigns.draft}/release`,
  }),
  'POST surveys:/campaigns/:id/closing': ({ survey }) => ({
    address: `${address}/campaigns/${survey.campaigns.open}/closing`,
    body: { closesAt: '2026-07-25T00:00:00Z' },
  }),
  'GET surveys:/campaigns/:id/groups': ({ survey }) => ({
    address: `${address}/campaigns/${survey.campaigns.open}/groups`,
  }),
  'POST surveys:/campaigns/:id/groups': ({ survey }) => ({
    address: `${address}/campaigns/${survey.campaigns.open}/groups`,
    body: formOf(annasGroups.replace('H1', 'H2'), 'groups.csv', { dryRun: 'false' }),
  }),
  'POST surveys:/campaigns/:id/sheets': ({ survey }) => ({
    address: `${address}/campaigns/${survey.campaigns.open}/sheets`,
    body: { groups: ['H1'] },
  }),
  'POST surveys:/campaigns/:id/invitations': ({ survey }) => ({
    address: `${address}/campaigns/${survey.campaigns.open}/invitations`,
    body: formOf('group,email\nH1,student@walk.kz\n', 'addresses.csv', { dryRun: 'true' }),
  }),
  'GET surveys:/closed': () => ({ address: `${address}/closed` }),
  'GET surveys:/closed/:id/results': ({ survey }) => ({
    address: `${address}/closed/${survey.campaigns.closed}/results`,
  }),
  'GET surveys:/closed/:id/results, not over': ({ survey }) => ({
    address: `${address}/closed/${survey.campaigns.open}/results`,
  }),
  'GET surveys:/closed/:id/results/:teacher': ({ survey, teacher }) => ({
    address: `${address}/closed/${survey.campaigns.closed}/results/${teacher}`,
  }),
  'GET surveys:/closed/:id/results/:teacher, not over': ({ survey, teacher }) => ({
    address: `${address}/closed/${survey.campaigns.open}/results/${teacher}`,
  }),
  'GET surveys:/teachers/:teacher/years': ({ teacher }) => ({
    address: `${address}/teachers/${teacher}/years`,
  }),
  'GET surveys:/closed/:id/remarks': ({ survey }) => ({
    address: `${address}/closed/${survey.campaigns.closed}/remarks`,
  }),
  'GET surveys:/remarks': () => ({ address: `${address}/remarks` }),
  'POST surveys:/remarks/:id': ({ survey }) => ({
    address: `${address}/remarks/${survey.remark}`,
    body: { decision: 'shown', text: 'Read by somebody else' },
  }),
}

interface LinkAttempt {
  /** The route, by method and path with the plugin's name before it. */
  route: string
  with: string
  attempt: (ids: Belongings) => Attempt
  status: number
}
const unknown = 'A'.repeat(22)
const open = (token: string) => ({ address: `${address}/open`, body: { token } })
const answer = (token: string, given: object = { clear: 1 }) => ({
  address: `${address}/answers`,
  body: { token, answerId: '00000000-0000-4000-8000-000000000000', answer: given },
})
const [opening, answering] = ['POST surveys:/open', 'POST surveys:/answers']

/** What nobody's link is good for. Who holds a link that is not used may open it and answer: the link is all that is asked for. */
export const linkAttempts: readonly LinkAttempt[] = [
  { route: opening, with: 'a guessed link', attempt: () => open(unknown), status: 404 },
  {
    route: opening,
    with: 'a link of a campaign that is closed',
    attempt: ({ survey }) => open(survey.links.closed),
    status: 404,
  },
  { route: answering, with: 'a guessed link', attempt: () => answer(unknown), status: 404 },
  {
    route: answering,
    with: 'a link of a campaign that is closed',
    attempt: ({ survey }) => answer(survey.links.closed),
    status: 404,
  },
  {
    route: answering,
    with: 'a link that another answer used',
    attempt: ({ survey }) => answer(survey.links.used),
    status: 409,
  },
  {
    route: answering,
    with: 'a question that it does not ask',
    attempt: ({ survey }) => answer(survey.links.fresh, { clear: 1, other: 1 }),
    status: 400,
  },
]
