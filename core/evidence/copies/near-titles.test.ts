import { describe, expect, test } from 'vitest'
import { areNear } from './near-titles.ts'

const long = 'Методика преподавания информатики в сельской школе'

describe('near are titles that differ in', () => {
  test.each([
    ['a letter', long, 'Методика преподования информатики в сельской школе'],
    ['letters of another alphabet', long, 'Mетoдикa пpепoдaвaния инфopмaтики в ceльcкoй шкoлe'],
    ['Kazakh letters that a keyboard lacks', 'Қазақ тілін оқыту әдістемесі', 'Казак тiлiн окыту адiстемесi'],
    ['ё, case and signs', 'Учёт и отчётность «в цифре»', 'УЧЕТ И ОТЧЕТНОСТЬ В ЦИФРЕ'],
    ['a word that is missing', long, 'Методика преподавания информатики в школе'],
    ['a subtitle', long, `${long}: опыт, проблемы и перспективы развития`],
    ['a subtitle in brackets', long, `${long} (учебное пособие для студентов)`],
    ['how a number is written', `${long}, часть 2`, `${long}, часть II`],
    ['a number in words', `${long}. Часть первая`, `${long}. Часть 1`],
  ])('%s', (_, a, b) => {
    expect([areNear(a, b), areNear(b, a)]).toEqual([true, true])
  })
})

describe('not near are titles that differ in', () => {
  test.each([
    ['the number of a part', `${long}, часть 1`, `${long}, часть 2`],
    ['a year', `${long} в 2023 году`, `${long} в 2024 году`],
    ['a grade', `${long}, 5 класс`, `${long}, 6 класс`],
    ['a Roman number', `${long}. Том IV`, `${long}. Том VI`],
    ['a Roman number of Cyrillic letters', `${long}. Том ІІ`, `${long}. Том ІІІ`],
    ['a part that only one names', long, `${long}, часть 2`],
    ['the number of a subtitle', long, `${long}: 2-е издание`],
    ['an ordinal', 'Оқу құралының бірінші бөлімі', 'Оқу құралының екінші бөлімі'],
    ['a month', 'Отчёт кафедры за сентябрь месяц', 'Отчёт кафедры за октябрь месяц'],
    ['a season', 'School of young scientists, spring', 'School of young scientists, autumn'],
    ['a word of few', 'Philosophy (History and Philosophy)', 'Sociology (History and Philosophy)'],
    [
      'the beginning before one long subtitle',
      'Философия (Факультет истории, права и международных отношений)',
      'Социология (Факультет истории, права и международных отношений)',
    ],
    ['what a short one is the beginning of', 'Алгебра', 'Алгебра: учебник для вузов'],
    ['all', long, 'Квантовая химия полимеров'],
    ['that one has none', long, ''],
  ])('%s', (_, a, b) => {
    expect([areNear(a, b), areNear(b, a)]).toEqual([false, false])
  })
})
