import type { PoolClient } from 'pg'
import { copyLines } from '../../core/evidence/copy-lines.ts'
import { fullName, inventName } from '../people/names.ts'
import type { University } from '../people/university.ts'
import { Random } from '../random.ts'
import { reserveIds } from './rows.ts'

/** Structural units by the codes that the shipped regulations name, each with who verifies for it; names in kk, ru, en. */
const structuralUnits = [
  ['УОП', 'Білім беру бағдарламалары басқармасы', 'Управление образовательных программ', 'Programmes'],
  ['ЦК', 'Құзыреттер орталығы', 'Центр компетенций', 'Competence centre'],
  [
    'ОМОиАМ',
    'Халықаралық білім және академиялық ұтқырлық бөлімі',
    'Отдел международного образования и академической мобильности',
    'International education and mobility',
  ],
  [
    'УНиВС',
    'Ғылым және сыртқы байланыстар басқармасы',
    'Управление науки и внешних связей',
    'Research and external relations',
  ],
  [
    'ВиСР',
    'Тәрбие және әлеуметтік жұмыс',
    'Воспитательная и социальная работа',
    'Educational and social work',
  ],
  [
    'УМиФК',
    'Маркетинг және контингент қалыптастыру басқармасы',
    'Управление маркетинга и формирования контингента',
    'Marketing and admissions',
  ],
  ['ЭФ', 'Эндаумент-қор', 'Эндаумент-фонд', 'Endowment fund'],
  [
    'ОРиА',
    'Рейтингтер және аккредиттеу бөлімі',
    'Отдел рейтингов и аккредитации',
    'Rankings and accreditation',
  ],
  [
    'УОКиА',
    'Сапаны қамтамасыз ету және аккредиттеу басқармасы',
    'Управление обеспечения качества и аккредитации',
    'Quality assurance',
  ],
  ['ЦКАР', 'Мансап орталығы', 'Центр карьеры', 'Career centre'],
] as const

/** Loads them below the university, after everything that counts ids from its own first one. */
export async function loadStructuralUnits(client: PoolClient, { seed }: University): Promise<void> {
  const { rows } = await client.query<{ id: number }>("select id from core.unit where kind = 'university'")
  const [root] = rows
  const [firstUnit, firstAccount] = [
    await reserveIds(client, 'unit', structuralUnits.length),
    await reserveIds(client, 'account', structuralUnits.length),
  ]
  await copyLines(
    client,
    'unit (id, kind, code, parent_id, name)',
    structuralUnits.map(([code, kk, ru, en], i) => {
      return [firstUnit + i, 'structural', code, root?.id ?? null, JSON.stringify({ kk, ru, en })]
    }),
  )
  await copyLines(
    client,
    'account (id, name)',
    structuralUnits.map((_, i) => {
      return [firstAccount + i, fullName(inventName(new Random(seed, 'verifier', i), 'female', 'kazakh'))]
    }),
  )
  await copyLines(
    client,
    'account_role (account_id, role, unit_id)',
    structuralUnits.map((_, i) => [firstAccount + i, 'verifier', firstUnit + i]),
  )
}
