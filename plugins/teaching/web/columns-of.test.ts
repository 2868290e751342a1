import { expect, test } from 'vitest'
import { courses } from '../imports/courses.ts'
import { studentGrades } from '../imports/grades.ts'
import { groups } from '../imports/groups.ts'
import { groupTeachers } from '../imports/teachers.ts'
import { columnsOf } from './columns-of.ts'

test('the page offers the columns that the server reads', () => {
  const kinds = [courses, groups, groupTeachers([]), studentGrades(Buffer.alloc(32))]
  expect(columnsOf).toEqual(
    Object.fromEntries(kinds.map(({ kind, columns }) => [kind, Object.keys(columns)])),
  )
})
