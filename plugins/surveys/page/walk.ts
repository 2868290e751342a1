import { element } from './elements.ts'
import { drawQuestions } from './form.ts'
import type { Answers, Survey } from './server.ts'
import { say } from './words.ts'
import type { Language } from './words.ts'

/** Answering about several teachers by one link: what is kept and why, the teachers one after the other, and sending all at once. */
export interface WalkView {
  survey: Survey
  answers: Answers
  /** Which teacher, from 0; -1: the beginning; as many as there are teachers: the end. */
  place: number
  changed: (answers: Answers) => void
  go: (place: number) => void
  submit: () => void
}

export function drawWalk(walk: WalkView, language: Language): HTMLElement[] {
  const { survey, place } = walk
  const screen = place < 0 ? drawBeginning : place < survey.about.length ? drawTeacher : drawEnd
  return [element('p', { class: 'note' }, survey.title[language]), ...screen(walk, language)]
}

const button = (text: string, onclick: () => void, kind = 'main') =>
  element('button', { type: 'button', class: kind, onclick }, text)

function drawBeginning({ survey, go }: WalkView, language: Language): HTMLElement[] {
  const threshold = String(survey.threshold)
  return [
    element('h1', { tabindex: '-1' }, say(language, 'title')),
    element('p', {}, say(language, 'walk', { count: String(survey.about.length) })),
    element('h2', {}, say(language, 'linked')),
    element('p', {}, say(language, 'linkedText')),
    element('h2', {}, say(language, 'ground')),
    element('p', { class: 'text' }, survey.linked?.ground[language] ?? ''),
    element('h2', {}, say(language, 'anonymous')),
    element('p', {}, say(language, 'linkedAnonymous', { threshold })),
    button(say(language, 'begin'), () => {
      go(0)
    }),
  ]
}

function drawTeacher({ survey, answers, place, changed, go }: WalkView, language: Language): HTMLElement[] {
  const { id, teacher, course, group } = survey.about[place]!
  const answer = answers[id] ?? {}
  const fault = element('p', { role: 'alert', class: 'fault' })
  const keep = (given: typeof answer | null) => {
    if (given && Object.keys(given).length > 0) answers[id] = given
    else Reflect.deleteProperty(answers, id)
    changed(answers)
  }
  const form = element(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault()
        if (Object.keys(answer).length === 0) fault.textContent = say(language, 'emptyOne')
        else go(place + 1)
      },
    },
    ...drawQuestions({ questions: survey.questions, language, answer, changed: keep }),
    fault,
    element('button', { class: 'main' }, say(language, 'next')),
    element(
      'div',
      { class: 'pair' },
      button(say(language, 'back'), () => go(place - 1), 'other'),
      button(
        say(language, 'skip'),
        () => {
          keep(null)
          go(place + 1)
        },
        'other',
      ),
    ),
  )
  const values = { number: String(place + 1), count: String(survey.about.length) }
  return [
    element('p', { class: 'note' }, say(language, 'number', values)),
    element('h1', { tabindex: '-1' }, teacher),
    element('p', {}, `${course} · ${group}`),
    form,
  ]
}

function drawEnd({ survey, answers, go, submit }: WalkView, language: Language): HTMLElement[] {
  const fault = element('p', { role: 'alert', class: 'fault' })
  const lines = survey.about.map(({ id, teacher, course }, place) =>
    element(
      'li',
      {},
      element(
        'button',
        { type: 'button', class: 'other', onclick: () => go(place) },
        element('span', {}, `${teacher}, ${course}`),
        element('span', { class: 'note' }, say(language, answers[id] ? 'answered' : 'skipped')),
      ),
    ),
  )
  return [
    element('h1', { tabindex: '-1' }, say(language, 'end')),
    element('p', {}, say(language, 'endText')),
    element('ul', { class: 'teachers' }, ...lines),
    fault,
    button(say(language, 'send'), () => {
      if (Object.keys(answers).length === 0) fault.textContent = say(language, 'empty')
      else submit()
    }),
  ]
}
