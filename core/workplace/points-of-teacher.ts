import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import { findOpenEntries } from '../evidence/open-entries.ts'
import type { OpenEntryOf } from '../evidence/open-entries.ts'
import { daysCounted, previewPoints } from '../rating/preview/teacher-points.ts'
import type { PointsOrder, ReadNames, TeacherPoints } from '../rating/preview/teacher-points.ts'
import type { ValueKinds } from '../rating/preview/suppose-fact.ts'
import { kindOfValue } from '../regulation/check/values.ts'
import type { InForce } from '../regulation/in-force.ts'
import { readSupply } from '../regulation/read-supply.ts'

/** Entries that are tried one by one at once. */
const mostTried = 100

interface Asked {
  teacherId: number
  requestedBy: number
  regulation: InForce
  /** Try this entry alone; null: all open ones. */
  only: number | null
  /** Whether it is asked what one more of each criterion would give. */
  suppose: boolean
}

export interface PointsOfTeacher<Names> extends TeacherPoints<Names> {
  /** Open entries that cannot count whatever the regulation says. */
  hindered: OpenEntryOf[]
  /** How many open entries were not tried one by one. */
  untried: number
}

/**
 * A teacher's points now, with every open entry tried. Throws `evidence-not-found` where `only` is no open entry of the teacher,
 * `function-missing`, `preview-faulty` where the regulation names what is not there, and what `previewPoints` throws.
 */
export async function pointsOfTeacher<Names>(
  { db, host }: AppContext,
  { teacherId, requestedBy, regulation, only, suppose }: Asked,
  readNames: ReadNames<Names>,
): Promise<PointsOfTeacher<Names>> {
  const { document, period } = regulation
  const weighting = host.weighting(document.weighting.id)
  if (!weighting) throw new UstazError('weighting-missing', { status: 422, params: { weighting: document.weighting.id } }) // prettier-ignore
  const found = await findOpenEntries(db, teacherId, daysCounted(document, period))
  const asked = only === null ? found : found.filter(({ id }) => id === only)
  if (only !== null && asked.length === 0) throw new UstazError('evidence-not-found', { status: 404, params: { id: only } }) // prettier-ignore
  const free = asked.filter(({ hindrance }) => hindrance === null)
  const supply = await readSupply(db, host)
  const order: PointsOrder = {
    ...{ document, period, teacherId, requestedBy, weighting },
    regulationVersionId: regulation.id,
    open: free.slice(0, mostTried).map(({ id }) => id),
    rest: free.slice(mostTried).map(({ id }) => id),
    suppose,
    sources: host.factSources(),
    findFunction: (id) => host.pointsFunction(id),
    kindsOf: (indicator): ValueKinds | null => {
      const supplied = supply.indicator(indicator)
      // What is counted by a plugin (a survey, grades) nobody can enter one more of.
      if (supplied?.source !== 'evidence') return null
      return {
        typeOf: (name) => kindOfValue(supplied, name)?.type ?? null,
        choicesOf: (name) => kindOfValue(supplied, name)?.choices ?? null,
        firstRole: supplied.roles[0] ?? null,
      }
    },
  }
  const points = await previewPoints(db, order, readNames)
  return {
    ...points,
    hindered: asked.filter(({ hindrance }) => hindrance !== null),
    untried: Math.max(0, free.length - mostTried),
  }
}
