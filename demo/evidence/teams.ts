import type { Random } from '../random.ts'
import { inventName } from '../people/names.ts'
import { isEmployed, isOnLeave, teacherAt } from '../people/teacher.ts'
import type { Teacher } from '../people/teacher.ts'
import type { University } from '../people/university.ts'
import type { Member, TeamShape } from './activity.ts'

export interface TeamSource {
  random: Random
  university: University
  lead: Teacher
  /** Teachers of the lead's department. */
  colleagues: readonly Teacher[]
  day: string
}

const largestTeam = 5

/** Who took part in something on a day: the lead first, then colleagues of the same department and of others, then outsiders. */
export function drawTeam(source: TeamSource, shape: TeamShape | undefined): Member[] {
  const { random, lead } = source
  const team: Member[] = [{ kind: 'lead', teacher: lead, name: lead.name }]
  if (!shape) return team
  const colleagues = Math.min(largestTeam, random.count(shape.colleagues))
  for (let i = 0; i < colleagues; i++) addColleague(source, team)
  for (let i = random.count(shape.outsiders ?? 0); i > 0; i--) team.push(outsider(random, 'outsider'))
  if (random.chance(shape.students ?? 0)) team.push(outsider(random, 'student'))
  if (random.chance(shape.foreigners ?? 0)) team.push(outsider(random, 'foreigner'))
  return team
}

function addColleague(source: TeamSource, team: Member[]): void {
  const found = findColleague(source, team)
  if (found) team.push({ kind: 'colleague', teacher: found, name: found.name })
}

/** The more active are asked more often. null: three who were asked could not. */
function findColleague(
  { random, university, colleagues, day }: TeamSource,
  team: readonly Member[],
): Teacher | null {
  for (let attempt = 0; attempt < 3; attempt++) {
    const near = random.chance(0.8) && colleagues.length > 1
    const asked = near
      ? random.pick(colleagues)
      : teacherAt(university, random.integer(0, university.teachers - 1))
    const isIn = team.some(({ teacher }) => teacher?.number === asked.number)
    const joins = random.chance(Math.min(1, asked.activity / 1.6))
    if (!isIn && joins && isEmployed(asked, day) && !isOnLeave(asked, day)) return asked
  }
  return null
}

function outsider(random: Random, kind: 'student' | 'outsider' | 'foreigner'): Member {
  const sex = random.chance(0.5) ? 'female' : 'male'
  const name = kind === 'foreigner' ? inventName(random, sex, 'latin') : inventName(random, sex)
  return { kind, teacher: null, name }
}
