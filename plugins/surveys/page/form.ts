import { element } from './elements.ts'
import type { Answer, Question } from './server.ts'
import { say } from './words.ts'
import type { Language } from './words.ts'

interface FormParts {
  questions: readonly Question[]
  language: Language
  answer: Answer
  /** Called with the whole answer after each change. */
  changed: (answer: Answer) => void
}
type SetValue = (value: Answer[string] | null) => void

/** A fieldset for each question; what is filled in is kept by `changed`. */
export function drawQuestions({ questions, language, answer, changed }: FormParts): HTMLElement[] {
  const total = questions.reduce((sum, one) => sum + (one.kind === 'scale' ? one.weight : 0), 0)
  return questions.map((question) => {
    const set: SetValue = (value) => {
      if (value === null) Reflect.deleteProperty(answer, question.id)
      else answer[question.id] = value
      changed(answer)
    }
    return element(
      'fieldset',
      {},
      element('legend', {}, question.text[language]),
      element('p', { class: 'note' }, noteOf(question, total, language)),
      ...inputsOf(question, { language, value: answer[question.id], set }),
    )
  })
}

function noteOf(question: Question, total: number, language: Language): string {
  const weight = question.kind === 'scale' ? question.weight : 0
  if (weight === 0) return say(language, 'countsNot')
  const share = new Intl.NumberFormat('ru', { maximumFractionDigits: 1 }).format((100 * weight) / total)
  return say(language, 'counts', { share })
}

interface InputParts {
  language: Language
  value: Answer[string] | undefined
  set: SetValue
}

function inputsOf(question: Question, parts: InputParts): HTMLElement[] {
  if (question.kind === 'scale') return [drawScale(question, parts)]
  if (question.kind === 'text') return drawText(question, parts)
  return [drawOptions(question, parts)]
}

function drawScale(
  question: Question & { kind: 'scale' },
  { language, value, set }: InputParts,
): HTMLElement {
  const steps = Array.from({ length: question.steps }, (_, index) => {
    const step = index + 1
    const end = step === 1 ? question.low : step === question.steps ? question.high : null
    const name = end ? `${String(step)}, ${end[language]}` : String(step)
    return radio({ question, id: String(step), isOn: value === step, label: String(step), name }, () =>
      set(step),
    )
  })
  const ends = [question.low[language], question.high[language]].map((text) => element('span', {}, text))
  const without = radio(
    { question, id: 'none', isOn: value === undefined, label: say(language, 'noAnswer') },
    () => set(null),
  )
  without.classList.add('without')
  return element(
    'div',
    {},
    element('div', { class: 'ends', 'aria-hidden': 'true' }, ...ends),
    element('div', { class: 'steps' }, ...steps),
    without,
  )
}

interface Choice {
  question: Question
  id: string
  isOn: boolean
  label: string
  /** For who hears the page; absent: the label. */
  name?: string
}

function radio({ question, id, isOn, label, name }: Choice, chosen: () => void): HTMLElement {
  const input = element('input', {
    type: 'radio',
    name: question.id,
    value: id,
    checked: isOn ? '' : null,
    'aria-label': name ?? null,
    onchange: chosen,
  })
  return element('label', {}, input, element('span', {}, label))
}

function drawOptions(
  question: Question & { kind: 'choice' | 'choices' },
  { language, value, set }: InputParts,
): HTMLElement {
  const chosen = new Set(Array.isArray(value) ? value : [value])
  const labels = question.options.map(({ id, text }) => {
    const choice = { question, id, isOn: chosen.has(id), label: text[language] }
    if (question.kind === 'choice') return radio(choice, () => set(id))
    const input = element('input', {
      type: 'checkbox',
      checked: choice.isOn ? '' : null,
      onchange: () => {
        if (input.checked) chosen.add(id)
        else chosen.delete(id)
        const all = question.options.map((option) => option.id).filter((one) => chosen.has(one))
        set(all.length > 0 ? all : null)
      },
    })
    return element('label', {}, input, element('span', {}, choice.label))
  })
  if (question.kind === 'choice') {
    const isOn = value === undefined
    labels.push(radio({ question, id: 'none', isOn, label: say(language, 'noAnswer') }, () => set(null)))
  }
  return element('div', { class: 'options' }, ...labels)
}

/** Signs of a written answer, as the server takes them. */
const longestText = 1000

function drawText(question: Question, { language, value, set }: InputParts): HTMLElement[] {
  const area = element('textarea', {
    rows: '3',
    maxlength: String(longestText),
    'aria-label': question.text[language],
    'aria-describedby': `about-${question.id}`,
    oninput: () => set(area.value.trim() === '' ? null : area.value),
  })
  area.value = typeof value === 'string' ? value : ''
  return [area, element('p', { class: 'note', id: `about-${question.id}` }, say(language, 'textNote'))]
}
