import { testPlugin } from '@ustaz/core/testing'
import { expect, test } from 'vitest'
import plugin from './index.ts'
import { project } from './kinds/project.ts'

testPlugin(plugin, {
  samples: {
    project: [
      { type: 'state-budget', title: 'Топырақ', number: 'AP00000001', stageYear: 2026 },
      {
        type: 'international',
        title: 'Water',
        number: 'H-1',
        stageYear: 2026,
        programme: 'H2020',
        months: 36,
        concluded: true,
        withForeigners: true,
      },
    ],
    stay: [{ host: 'Институт', topic: 'Су', location: 'domestic', months: 4.5 }],
    'grant-application': [
      { level: 'national', title: 'Су', competition: 'Гранты 2026–2028', number: 'AP00000002' },
      { level: 'international', title: 'Water', competition: 'Open call' },
    ],
    review: [{ subject: 'master-thesis', title: 'Диссертация' }],
    expertise: [{ subject: 'grant', title: 'Конкурс', client: 'Университет' }],
    'intellectual-property': [
      {
        type: 'utility-model',
        scope: 'national',
        title: 'Кептіргіш',
        number: 'KZ-1',
        ownedByUniversity: true,
        fromStudentProject: false,
      },
    ],
    'implementation-act': [{ target: 'production', title: 'Рецептура', organisation: 'Наубайхана' }],
    'h-index': [{ database: 'scopus', profile: '57000000001', year: 2026, value: 0 }],
    'student-research': [{ level: 'city', event: 'НИРС', students: 'Б. Тест', prize: true }],
    'start-up': [
      { title: 'Oat milk', contract: '12' },
      { title: 'Сүт', contract: '13', fromThesis: true },
    ],
    membership: [{ body: 'working-group', name: 'Топ', order: '5' }],
    'state-award': [{ type: 'prize', title: 'Үздік оқытушы', order: '7' }],
    award: [
      {
        title: 'Жыл ғалымы',
        grantedBy: 'Академия',
        body: 'national-science-body',
        location: 'domestic',
        level: 'national',
        subject: 'science',
        form: 'prize',
        jury: 'academic',
        timesBefore: 12,
      },
    ],
    'scientific-event': [{ type: 'round-table', level: 'university', name: 'Дөңгелек үстел' }],
  },
})

test('the stages of a project are different things, the same stage entered twice is one', () => {
  const stage = (stageYear: number, title: string) =>
    project.identity(project.schema.parse({ type: 'contract', title, number: 'D-7', stageYear }))
  expect(stage(2025, 'Нан')).toBe(stage(2025, 'Bread'))
  expect(stage(2025, 'Нан')).not.toBe(stage(2026, 'Нан'))
})
