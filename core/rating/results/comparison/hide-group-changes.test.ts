import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallestGroup } from '../../fairness/hide-groups.ts'
import { hideGroupChanges } from './hide-group-changes.ts'
import type { ChangeRow } from './hide-group-changes.ts'

const figures = { up: 1, down: 1, same: 0, mean: '0', median: '0' }
const row = (
  dimension: ChangeRow['dimension'],
  group: string | null,
  count: number,
  parent: string | null = null,
): ChangeRow => ({ dimension, measure: 'total', group, parent, count, ...figures })

/** A university as rows: faculties by their departments' numbers of people. */
function universityOf(faculties: readonly (readonly number[])[]): ChangeRow[] {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  return [
    row('all', null, sum(faculties.flat())),
    ...faculties.map((departments, index) => row('faculty', `f${index}`, sum(departments))),
    ...faculties.flatMap((departments, index) =>
      departments.map((count, n) => row('department', `f${index}d${n}`, count, `f${index}`)),
    ),
  ]
}
const namesOf = (rows: readonly ChangeRow[], dimension: 'faculty' | 'department') =>
  hideGroupChanges(rows)
    .dimensions.find((one) => one.dimension === dimension)!
    .measures.total.groups.map(({ group }) => group)

describe('small groups', () => {
  it('are hidden with as many others as it takes that nobody can subtract them out', () => {
    expect(
      namesOf(
        universityOf([
          [8, 9],
          [6, 3],
        ]),
        'department',
      ),
    ).toEqual(['f0d0', 'f0d1'])
    expect(
      namesOf(
        universityOf([
          [8, 9],
          [6, 3, 2],
        ]),
        'department',
      ),
    ).toEqual(['f0d0', 'f0d1', 'f1d0'])
  })

  it('are not added up from their parts: with a faculty all its departments are hidden', () => {
    const rows = universityOf([[20, 20], [10, 10], [4]])
    expect(namesOf(rows, 'faculty')).toEqual(['f0'])
    expect(namesOf(rows, 'department')).toEqual(['f0d0', 'f0d1'])
  })

  it('hide each measure by the people it is about', () => {
    const rows = universityOf([[20, 20]])
    const places = rows.map((one) => ({
      ...one,
      measure: 'place' as const,
      count: one.group === 'f0d0' ? 3 : one.count - 17,
    }))
    const { dimensions, overall } = hideGroupChanges([...rows, ...places])
    const departments = dimensions.find(({ dimension }) => dimension === 'department')!.measures
    expect(departments.total.groups).toHaveLength(2)
    expect(departments.place).toEqual({ groups: [], hidden: { groups: 2, people: 6 } })
    expect(overall.money).toBeNull()
  })

  it('leave nothing to be worked out in any university', () => {
    const faculties = fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(faculties, (counts) => {
        const rows = universityOf(counts)
        const shownFaculties = new Set(namesOf(rows, 'faculty'))
        const shownDepartments = new Set(namesOf(rows, 'department'))
        const people = (some: readonly ChangeRow[]) => some.reduce((sum, { count }) => sum + count, 0)
        for (const { group, count, dimension } of rows) {
          const isShown = dimension === 'faculty' ? shownFaculties.has(group) : shownDepartments.has(group)
          if (dimension !== 'all' && isShown) expect(count).toBeGreaterThanOrEqual(smallestGroup)
        }
        // Every difference that can be formed is about nobody, about what is shown anyway, or about enough people in two groups.
        const hiddenFaculties = rows.filter(
          ({ dimension, group }) => dimension === 'faculty' && !shownFaculties.has(group),
        )
        if (hiddenFaculties.length > 0 && shownFaculties.size > 0) {
          expect(hiddenFaculties.length).toBeGreaterThanOrEqual(2)
          expect(people(hiddenFaculties)).toBeGreaterThanOrEqual(smallestGroup)
        }
        for (const faculty of rows.filter(({ dimension }) => dimension === 'faculty')) {
          const own = rows.filter(
            ({ dimension, parent }) => dimension === 'department' && parent === faculty.group,
          )
          const hidden = own.filter(({ group }) => !shownDepartments.has(group))
          if (!shownFaculties.has(faculty.group)) expect(hidden).toEqual(own)
          else if (hidden.length > 0 && hidden.length < own.length) {
            expect(hidden.length).toBeGreaterThanOrEqual(2)
            expect(people(hidden)).toBeGreaterThanOrEqual(smallestGroup)
          }
        }
      }),
    )
  })
})
