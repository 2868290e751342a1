import { expect, test } from 'vitest'
import { languages } from '../contract/text.ts'
import { coreMessages, findText } from '../messages/message.ts'
import type { Actor } from '../plugin/route.ts'
import { describeRights } from './rights-table.ts'
import { actions, allowedActions, decide, roles } from './rights.ts'
import type { Action, Role } from './rights.ts'

/** The rights once more, as a person reads them: a own, u unit, t turn, A all, - refused. Columns are the roles in their order. */
const expected = `
                       teacher head dean verifier office management technician administrator
  session.open         A       A    A    A        A      A          A          A
  access.self          A       A    A    A        A      A          A          A
  account.own          A       A    A    A        A      A          A          A
  account.read         -       -    -    -        -      -          -          A
  account.manage       -       -    -    -        -      -          -          A
  catalogue.read       A       A    A    A        A      A          A          A
  catalogue.change     -       -    -    -        -      -          -          A
  people.read          A       A    A    A        A      A          A          A
  leave.read           a       u    u    -        A      -          -          -
  people.import        -       -    -    -        A      -          -          A
  lists.change         -       -    -    -        A      -          -          A
  teaching.read        a       u    u    -        A      A          -          -
  teaching.import      -       -    -    -        A      -          -          -
  teaching.review      -       -    -    -        A      -          -          -
  room.read            A       A    A    A        A      A          A          A
  timetable.import     -       -    -    -        A      -          -          -
  device.read          -       -    -    -        A      -          A          A
  device.manage        -       -    -    -        -      -          A          A
  lesson.read          a       u    u    -        A      A          -          -
  lesson.dispute       a       -    -    -        -      -          -          -
  lesson.decide        -       -    u    -        A      -          -          -
  survey.answer        A       A    A    A        A      A          A          A
  survey.manage        -       -    -    -        A      -          -          -
  survey.read          -       -    -    -        A      A          -          -
  survey.results       a       u    u    -        A      A          -          -
  survey.comments      a       -    -    -        -      -          -          -
  survey.review        -       -    -    -        A      -          -          -
  evidence.read        a       u    u    t        A      A          -          -
  evidence.write       a       u    u    -        A      -          -          -
  evidence.submit      a       -    -    -        A      -          -          -
  evidence.confirm     a       -    -    -        -      -          -          -
  evidence.approve     -       u    u    t        A      -          -          -
  evidence.judge       -       u    u    t        A      -          -          -
  evidence.return      -       u    u    t        A      -          -          -
  evidence.reject      -       u    u    t        A      -          -          -
  evidence.reopen      -       -    u    -        A      -          -          -
  evidence.merge       -       -    -    t        A      -          -          -
  evidence.move        a       u    u    t        A      -          -          -
  approval.queue       A       A    A    A        A      -          -          -
  approval.oversee     -       -    -    -        A      A          -          -
  delegation.write     -       A    A    A        A      -          -          -
  delegation.manage    -       -    -    -        A      -          -          -
  relative.write       A       A    A    A        A      -          -          -
  relative.manage      -       -    -    -        A      -          -          -
  notice.read          A       A    A    A        A      A          A          A
  year.read            a       u    u    -        A      A          -          -
  regulation.read      A       A    A    A        A      A          -          A
  regulation.write     -       -    -    -        A      -          -          -
  regulation.preview   -       -    -    -        A      A          -          -
  regulation.approve   -       -    -    -        A      A          -          -
  consultation.manage  -       -    -    -        A      -          -          -
  consultation.read    -       -    -    -        A      A          -          -
  consultation.answer  A       A    A    A        A      A          -          A
  run.read             A       A    A    A        A      A          -          A
  run.start            -       -    -    -        A      -          -          -
  result.publish       -       -    -    -        A      A          -          -
  appeal.file          a       -    -    -        -      -          -          -
  appeal.review        A       A    A    A        A      A          -          A
  appeal.assign        -       -    -    -        A      -          -          -
  appeal.read          -       -    -    -        A      A          -          -
  table.read           A       A    A    A        A      A          -          A
  table.change         -       -    -    -        -      A          -          A
  fairness.read        -       -    -    -        A      A          -          -
  run.verify           -       -    -    -        A      A          -          -
  run.export           -       -    -    -        A      -          -          -
  shadow.import        -       -    -    -        A      -          -          -
  shadow.review        -       -    -    -        A      A          -          -
  shadow.publish       -       -    -    -        -      A          -          -
  shadow.read          A       A    A    A        A      A          -          A
  audit.read           -       -    -    -        -      -          -          A
  privacy.accesses     a       -    -    -        -      -          -          A
  privacy.register     A       A    A    A        A      A          A          A
  privacy.ask          a       -    -    -        -      -          -          -
  privacy.requests     a       -    -    -        A      -          -          A
  privacy.decide       -       -    -    -        A      -          -          -
  result.read          a       u    u    -        A      A          -          -`

const [header = [], ...rows] = expected
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
const cells = rows.flatMap(([action, ...marks]) =>
  marks.map((mark, index) => ({ action: action as Action, role: header[index] as Role, mark })),
)
const reachOf = {
  a: { reach: 'own', teacherId: 7 },
  u: { reach: 'unit', unitId: 3 },
  t: { reach: 'turn' },
  A: { reach: 'all' },
}

function actorWith(role: string, unitId: number | null, teacherId: number | null = 7): Actor {
  return { accountId: 1, name: 'somebody', teacherId, roles: [{ role, unitId }] }
}

test('the table is about every role and every action', () => {
  expect(header).toEqual([...roles])
  expect(rows.map(([action]) => action).sort()).toEqual([...actions].sort())
})

test.each(cells)('$role, $action: $mark', ({ action, role, mark }) => {
  const expectedGrants = mark === '-' ? [] : [reachOf[mark as keyof typeof reachOf]]
  expect(decide(actorWith(role, 3), action)).toEqual(expectedGrants)
})

test('a head of the whole university reaches all', () => {
  expect(decide(actorWith('head', null), 'evidence.approve')).toEqual([{ reach: 'all' }])
})

test('what is own needs a teacher', () => {
  expect(decide(actorWith('teacher', null, null), 'evidence.read')).toEqual([])
})

test('a role nobody knows and an account without roles may nothing', () => {
  expect(allowedActions(actorWith('toString', null))).toEqual([])
  expect(allowedActions({ accountId: 1, name: 'nobody', teacherId: 7, roles: [] })).toEqual([])
})

test('several roles reach what each of them does', () => {
  const actor = {
    ...actorWith('teacher', null),
    roles: [
      { role: 'teacher', unitId: null },
      { role: 'head', unitId: 3 },
    ],
  }
  expect(decide(actor, 'evidence.read')).toEqual([
    { reach: 'own', teacherId: 7 },
    { reach: 'unit', unitId: 3 },
  ])
})

test.each(languages)(
  'every action and its resource has a name in %s, and no name is left over',
  (language) => {
    const named = (group: string) => findText(coreMessages[language], `rights.${group}`)
    for (const action of actions) {
      expect(named(`action.${action}`), action).not.toBeNull()
      expect(named(`resource.${action.split('.', 1)[0]}`), action).not.toBeNull()
    }
    const { action, resource } = coreMessages[language]['rights'] as {
      action: Record<string, Record<string, string>>
      resource: Record<string, string>
    }
    const names = Object.entries(action).flatMap(([of, texts]) =>
      Object.keys(texts).map((one) => `${of}.${one}`),
    )
    expect(names.sort()).toEqual([...actions].sort())
    expect(Object.keys(resource).sort()).toEqual(Object.keys(action).sort())
  },
)

test('the table for people has every cell of the table that decides, and says what the asker may do', () => {
  const actor = actorWith('head', 3)
  const { resources, ...table } = describeRights(actor, 'en')
  expect(table.roles).toEqual([...roles])
  const lines = resources.flatMap((resource) => resource.actions)
  const shown = lines.flatMap(({ id, reach }) =>
    table.roles.map((role) => ({ action: id, role, reach: reach[role] ?? null })),
  )
  const words = { a: 'own', u: 'unit', t: 'turn', A: 'all', '-': null }
  const byCell = new Map(cells.map(({ action, role, mark }) => [`${action} ${role}`, mark]))
  expect(shown).toHaveLength(cells.length)
  for (const { action, role, reach } of shown)
    expect(reach, `${action} ${role}`).toBe(words[byCell.get(`${action} ${role}`) as keyof typeof words])
  const mine = lines.filter((line) => line.mine.length > 0).map(({ id }) => id)
  expect(mine.sort()).toEqual(allowedActions(actor).sort())
  expect(lines.find(({ id }) => id === 'evidence.approve')?.mine).toEqual(['unit'])
})

test('a token takes away what it was not made for, and adds nothing', () => {
  const actor = {
    ...actorWith('head', 3),
    limit: { by: 'token' as const, actions: ['evidence.read', 'run.start'] },
  }
  expect(allowedActions(actor)).toEqual(['evidence.read'])
  expect(decide(actor, 'evidence.approve')).toEqual([])
})
