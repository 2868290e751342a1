/** Numbers that every fact has beside the attributes of its indicator, by the names rules read them by (README.md says what they are). */
export const numbersOfFacts = [
  'quantity',
  'participants',
  'affiliated',
  'ordinal',
  'share',
  'age',
  'expertPoints',
] as const

/** Texts that every fact has. */
export const textsOfFacts = ['person'] as const

/** Values of the frozen teacher, the same for every indicator. */
export const valuesOfTeacher = {
  'teacher.position': 'text',
  'teacher.degree': 'text',
  'teacher.field': 'text',
  'teacher.citizenship': 'text',
  'teacher.department': 'text',
  'teacher.faculty': 'text',
  'teacher.rate': 'number',
  'teacher.serviceYears': 'number',
  'teacher.employedDays': 'number',
  'teacher.leaveDays': 'number',
} as const satisfies Readonly<Record<`teacher.${string}`, 'text' | 'number'>>
