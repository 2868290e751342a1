import type { Question } from '../../plugins/surveys/questions/question.ts'

const agree = {
  low: { kk: 'мүлде келіспеймін', ru: 'совсем не согласен', en: 'not at all' },
  high: { kk: 'толық келісемін', ru: 'полностью согласен', en: 'entirely' },
}
const scale = (id: string, weight: number, kk: string, ru: string, en: string): Question => ({
  id,
  kind: 'scale',
  text: { kk, ru, en },
  steps: 5,
  ...agree,
  weight,
})

/** What the demonstration asks its students. */
export const questions: Question[] = [
  scale(
    'clear',
    3,
    'Оқытушы материалды түсінікті түсіндіреді',
    'Преподаватель понятно объясняет материал',
    'The teacher explains clearly',
  ),
  scale(
    'fair',
    2,
    'Бағалау талаптары алдын ала белгілі және әділ',
    'Требования к оценке известны заранее и справедливы',
    'Grading is known in advance and fair',
  ),
  scale(
    'answers',
    2,
    'Сұрақтарға жауап береді, кеңес алуға болады',
    'Отвечает на вопросы, доступен для консультаций',
    'Answers questions and can be consulted',
  ),
  scale(
    'interest',
    1,
    'Сабақтан кейін пәнге қызығушылығым артты',
    'После занятий предмет стал интереснее',
    'I find the subject more interesting than before',
  ),
  {
    id: 'pace',
    kind: 'choice',
    text: { kk: 'Сабақтың қарқыны қандай?', ru: 'Каков темп занятий?', en: 'What is the pace like?' },
    options: [
      { id: 'slow', text: { kk: 'баяу', ru: 'медленный', en: 'slow' } },
      { id: 'right', text: { kk: 'дәл', ru: 'в самый раз', en: 'right' } },
      { id: 'fast', text: { kk: 'жылдам', ru: 'быстрый', en: 'fast' } },
    ],
  },
  {
    id: 'helped',
    kind: 'choices',
    text: { kk: 'Не көмектесті?', ru: 'Что помогало?', en: 'What helped?' },
    options: [
      { id: 'lectures', text: { kk: 'дәрістер', ru: 'лекции', en: 'lectures' } },
      { id: 'practice', text: { kk: 'практика', ru: 'практика', en: 'practice' } },
      { id: 'video', text: { kk: 'бейнежазбалар', ru: 'видеозаписи', en: 'recordings' } },
      { id: 'book', text: { kk: 'оқулық', ru: 'учебник', en: 'the textbook' } },
    ],
  },
  {
    id: 'words',
    kind: 'text',
    text: {
      kk: 'Не сақталсын, не өзгерсін?',
      ru: 'Что сохранить, что изменить?',
      en: 'What should stay, what should change?',
    },
  },
]

/** What somebody writes now and then. */
export const sentences = [
  'Мысалдар көп, түсінікті. Рақмет!',
  'Дәріс материалдарын алдын ала берсе екен.',
  'Практических занятий больше бы.',
  'Объясняет терпеливо, спасибо.',
  'Говорит слишком быстро на последних лекциях.',
  'The tasks were close to real work.',
] as const

export const choices = {
  pace: ['slow', 'right', 'right', 'fast'],
  helped: ['lectures', 'practice', 'video', 'book'],
} as const
