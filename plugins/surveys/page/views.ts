import { element } from './elements.ts'
import { drawQuestions } from './form.ts'
import type { Answer, Survey } from './server.ts'
import { drawWalk } from './walk.ts'
import type { WalkView } from './walk.ts'
import { keepLanguage, languages, nameOf, say } from './words.ts'
import type { Language } from './words.ts'

export interface FormView {
  survey: Survey
  answer: Answer
  changed: (answer: Answer) => void
  submit: () => void
}
/** What the page shows: a form, or a sentence. */
export type View =
  | { kind: 'form'; form: FormView }
  | { kind: 'walk'; walk: WalkView }
  | { kind: 'sentence'; text: string; isBusy?: boolean; again?: () => void }

/** Puts a view on the page, in a language; `choose` is called with another one. */
export function show(view: View, language: Language, choose: (language: Language) => void): void {
  document.documentElement.lang = language
  document.title = say(language, 'title')
  const content = drawContent(view, language)
  const page = document.querySelector('#page')
  page?.replaceChildren(drawHeader(language, choose), element('main', {}, ...content))
  if (view.kind === 'walk' || (view.kind === 'sentence' && view.isBusy !== true))
    document.querySelector('h1')?.focus()
  if (view.kind === 'walk') scrollTo(0, 0)
}

function drawContent(view: View, language: Language): HTMLElement[] {
  if (view.kind === 'walk') return drawWalk(view.walk, language)
  return view.kind === 'form' ? drawForm(view.form, language) : drawSentence(view, language)
}

function drawHeader(language: Language, choose: (language: Language) => void): HTMLElement {
  const buttons = languages.map((one) =>
    element(
      'button',
      {
        type: 'button',
        lang: one,
        'aria-pressed': String(one === language),
        onclick: () => {
          keepLanguage(one)
          choose(one)
        },
      },
      nameOf(one),
    ),
  )
  return element('header', {}, element('nav', { 'aria-label': say(language, 'language') }, ...buttons))
}

function drawSentence(
  { text, isBusy = false, again }: View & { kind: 'sentence' },
  language: Language,
): HTMLElement[] {
  const parts: HTMLElement[] = [
    element('h1', { tabindex: '-1' }, say(language, `${text}Title`)),
    element('p', { role: 'status' }, say(language, text)),
  ]
  if (isBusy) parts.push(element('div', { class: 'bar', 'aria-hidden': 'true' }))
  if (again)
    parts.push(element('button', { type: 'button', class: 'main', onclick: again }, say(language, 'again')))
  return parts
}

function drawForm({ survey, answer, changed, submit }: FormView, language: Language): HTMLElement[] {
  const fault = element('p', { role: 'alert', class: 'fault' })
  const form = element(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault()
        if (Object.keys(answer).length === 0) fault.textContent = say(language, 'empty')
        else submit()
      },
    },
    ...drawQuestions({ questions: survey.questions, language, answer, changed }),
    fault,
    element('button', { class: 'main' }, say(language, 'send')),
  )
  const values = { threshold: String(survey.threshold) }
  const about = survey.about[0]!
  return [
    element('p', { class: 'note' }, survey.title[language]),
    element('h1', { tabindex: '-1' }, about.teacher),
    element('p', {}, `${about.course} · ${about.group}`),
    element(
      'details',
      {},
      element('summary', {}, say(language, 'anonymous')),
      element('p', {}, say(language, 'anonymousText', values)),
    ),
    form,
  ]
}
