import { testPlugin } from '@ustaz/core/testing'
import { expect, test } from 'vitest'
import plugin from './index.ts'
import { endowment } from './kinds/endowment.ts'

testPlugin(plugin, {
  samples: {
    'sport-result': [{ level: 'university', competition: 'Спартакиада', students: 'Команда', place: 1 }],
    'sport-event': [{ name: 'Факультет кубогы', place: 'Спорт залы' }],
    'civic-event': [{ theme: 'patriotic', level: 'city', name: 'Тәуелсіздік күні', place: 'Акт залы' }],
    'recruitment-event': [{ level: 'national', name: 'Көрме', place: 'Астана' }],
    recruitment: [{ origin: 'abroad', order: '100-А', applicants: 3 }],
    'media-publication': [
      { medium: 'press', outlet: 'Газет', title: 'Кафедра туралы' },
      { medium: 'online', outlet: 'Portal', title: 'Day', address: 'https://example.org/1' },
    ],
    endowment: [{ donor: 'Түлек', receipt: 'R-1', tenge: 1500.5 }],
    'ranking-expert': [{ ranking: 'qs', group: 'employers', experts: 5 }],
  },
})

test('one receipt of the fund is one entry', () => {
  const identity = (donor: string) =>
    endowment.identity(endowment.schema.parse({ donor, receipt: 'R-1', tenge: 1000 }))
  expect(identity('A')).toBe(identity('B'))
})
