/** For route-walk.test.ts: how the routes of plugins are asked about what belongs to Anna, as in attempts.example.ts. */
import type { Prepared } from './attempts.example.ts'
import { participant } from './belongings.example.ts'
import { csv, formOf } from './forms.example.ts'

export const plugins: Prepared = {
  'POST publications:/import/preview': () => ({
    address: '/plugins/publications/import/preview',
    body: formOf('TY  - JOUR\nTI  - A work\nAU  - Nobody, N\nPY  - 2026\nER  - \n', 'works.ris'),
  }),
  'POST publications:/authors/suggestions': () => ({
    address: '/plugins/publications/authors/suggestions',
    body: { names: ['Nobody, N'] },
  }),
  'POST publications:/journals/suggestions': () => ({
    address: '/plugins/publications/journals/suggestions',
    body: { title: 'A journal', year: 2026 },
  }),
  'POST publications:/import/commit': (ids) => ({
    address: '/plugins/publications/import/commit',
    body: {
      works: [
        {
          work: { type: 'article', title: 'Somebody else was here', year: 2026 },
          happenedOn: '2026-02-01',
          participants: [participant(ids)],
        },
      ],
    },
  }),
  'POST publications:/journal-lists': () => ({
    address: '/plugins/publications/journal-lists',
    body: csv('Rank;Title\n', { source: 'sjr', year: '2024' }),
  }),
  'GET teaching:/results': ({ teacher }) => ({
    address: `/plugins/teaching/results?year=2025&teacher=${teacher}`,
  }),
  'GET teaching:/results/:teacher/:course/:year/:term': ({ result }) => ({
    address: `/plugins/teaching/results/${result}`,
  }),
  'POST teaching:/results/:teacher/:course/:year/:term/review': ({ result }) => ({
    address: `/plugins/teaching/results/${result}/review`,
    body: { accepted: true, reason: 'x' },
  }),
  'POST teaching:/imports/:kind': () => ({
    address: '/plugins/teaching/imports/courses',
    body: csv('code,title\nW1,Walked\n', { dryRun: 'false' }),
  }),
  'POST teaching:/moodle': () => ({
    address: '/plugins/teaching/moodle',
    body: csv('ID number,Course total (Real)\n1,70\n', { group: 'G1', dryRun: 'false' }),
  }),
  'POST teaching:/headings': () => ({ address: '/plugins/teaching/headings', body: csv('code,title\n') }),
  'GET teaching:/import-orders/:id': ({ importOrder }) => ({
    address: `/plugins/teaching/import-orders/${importOrder}`,
  }),
  'GET teaching:/import-orders/:id/report': ({ importOrder }) => ({
    address: `/plugins/teaching/import-orders/${importOrder}/report`,
  }),
  'POST teaching:/import-orders/:id/cancellation': ({ importOrder }) => ({
    address: `/plugins/teaching/import-orders/${importOrder}/cancellation`,
  }),
  'GET teaching:/imports/:kind/template': () => ({
    address: '/plugins/teaching/imports/courses/template?format=csv',
  }),
  'GET classroom:/rooms/:id/day': ({ room }) => ({
    address: `/plugins/classroom/rooms/${room}/day?day=2026-06-29`,
  }),
  'POST classroom:/devices': () => ({
    address: '/plugins/classroom/devices',
    body: { name: 'walked', type: 'ustaz', intervalSeconds: 60, roomCode: null },
  }),
  'POST classroom:/devices/:id/password': ({ device }) => ({
    address: `/plugins/classroom/devices/${device}/password`,
  }),
  'POST classroom:/devices/:id/room': ({ device }) => ({
    address: `/plugins/classroom/devices/${device}/room`,
    body: { roomCode: '301' },
  }),
  'POST classroom:/devices/:id/retire': ({ device }) => ({
    address: `/plugins/classroom/devices/${device}/retire`,
  }),
  'POST classroom:/timetable': () => ({
    address: '/plugins/classroom/timetable',
    body: csv('date,start,end,subject,room,teacher\n2026-09-01,08:30,09:20,Physics,301,Semenova Anna\n', {
      source: 'walk',
      format: 'csv',
      dryRun: 'no',
    }),
  }),
  'POST classroom:/lessons/:id/dispute': ({ lesson }) => ({
    address: `/plugins/classroom/lessons/${lesson.own}/dispute`,
    body: { reason: 'It was not so' },
  }),
  'POST classroom:/lessons/:id/decision': ({ lesson }) => ({
    address: `/plugins/classroom/lessons/${lesson.disputed}/decision`,
    body: { decision: 'rejected', answer: 'It was so' },
  }),
  'GET expert:/consultations/:id': ({ consultation }) => ({
    address: `/plugins/expert/consultations/${consultation.id}`,
  }),
  'POST expert:/consultations': ({ regulation, account }) => ({
    address: '/plugins/expert/consultations',
    body: {
      versionId: regulation.draft,
      method: 'ahp',
      title: { kk: 'x', ru: 'x', en: 'x' },
      opensAt: '2026-05-01T00:00:00Z',
      closesAt: '2026-07-31T00:00:00Z',
      experts: [account],
    },
  }),
  'PUT expert:/consultations/:id': ({ consultation, account }) => ({
    address: `/plugins/expert/consultations/${consultation.id}`,
    body: {
      title: { kk: 'y', ru: 'y', en: 'y' },
      opensAt: '2026-05-01T00:00:00Z',
      closesAt: '2026-07-31T00:00:00Z',
      experts: [account],
      revision: consultation.revision,
    },
  }),
  'GET expert:/sheets/:id': ({ consultation }) => ({ address: `/plugins/expert/sheets/${consultation.id}` }),
  'PUT expert:/sheets/:id': ({ consultation }) => ({
    address: `/plugins/expert/sheets/${consultation.id}`,
    body: { answer: { method: 'ahp', judgements: [] }, revision: 1 },
  }),
  'POST expert:/sheets/:id/moves': ({ consultation }) => ({
    address: `/plugins/expert/sheets/${consultation.id}/moves`,
    body: { action: 'submit', revision: 1 },
  }),
  'GET expert:/sheets/:id/results': ({ consultation }) => ({
    address: `/plugins/expert/sheets/${consultation.id}/results`,
  }),
  'GET expert:/consultations/:id/results': ({ consultation }) => ({
    address: `/plugins/expert/consultations/${consultation.id}/results`,
  }),
  'POST expert:/consultations/:id/close': ({ consultation }) => ({
    address: `/plugins/expert/consultations/${consultation.id}/close`,
  }),
  'POST expert:/consultations/:id/weighting': ({ consultation, regulation }) => ({
    address: `/plugins/expert/consultations/${consultation.id}/weighting`,
    body: { versionId: regulation.draft, hash: 'x', reason: 'x' },
  }),
  'GET forecast:/outlooks/:id/subjects': ({ outlook }) => ({
    address: `/plugins/forecast/outlooks/${outlook}/subjects?kind=teacher`,
  }),
  'GET forecast:/outlooks/:id/export': ({ outlook }) => ({
    address: `/plugins/forecast/outlooks/${outlook}/export?kind=teacher&format=csv`,
  }),
  'GET forecast:/outlooks/:id/card': ({ outlook }) => ({
    address: `/plugins/forecast/outlooks/${outlook}/card`,
  }),
  'GET forecast:/outlooks/:id/card/file': ({ outlook }) => ({
    address: `/plugins/forecast/outlooks/${outlook}/card/file`,
  }),
  'GET forecast:/outlooks/:id/drivers': ({ outlook, teacher }) => ({
    address: `/plugins/forecast/outlooks/${outlook}/drivers?kind=teacher&subjectId=${teacher}`,
  }),
  'GET forecast:/year': ({ teacher }) => ({
    address: `/plugins/forecast/year?kind=teacher&subjectId=${teacher}`,
  }),
  'POST forecast:/sorting/kinds': () => ({
    address: '/plugins/forecast/sorting/kinds',
    body: { text: 'An online course' },
  }),
  'POST forecast:/sorting/fields': () => ({
    address: '/plugins/forecast/sorting/fields',
    body: { indicator: 'methodical.mooc', data: { title: 'An online course' } },
  }),
  'POST /suggestions/answers': () => ({
    address: '/suggestions/answers',
    body: { task: 'kind', answer: 'declined' },
  }),
  'POST forecast:/sorting/learn': () => ({ address: '/plugins/forecast/sorting/learn' }),
  'GET forecast:/sorting/entries/:id/remarks': ({ draft }) => ({
    address: `/plugins/forecast/sorting/entries/${draft.id}/remarks`,
  }),
  'GET forecast:/teachers/:teacherId': ({ teacher }) => ({
    address: `/plugins/forecast/teachers/${teacher}`,
  }),
}
