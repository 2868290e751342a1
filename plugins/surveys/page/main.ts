import { forgetDraft, keepDraft, readDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import { enqueue, findWaiting, sendWaiting } from './outbox.ts'
import { fetchSurvey } from './server.ts'
import type { Content, Outcome } from './server.ts'
import { show } from './views.ts'
import type { View } from './views.ts'
import { findLanguage } from './words.ts'

/** What stands after # of the link; a browser sends that to no server. */
const token = location.hash.slice(1)
/** Absent where the page does not come over a safe way. */
const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
const tokenForm = /^[\w-]{22}$/

let language = findLanguage()
let view: View = { kind: 'sentence', text: 'loading', isBusy: true }

function draw(next: View = view): void {
  view = next
  show(view, language, (chosen) => {
    language = chosen
    draw()
  })
}

const sentence = (text: string, again?: () => void): View => ({
  kind: 'sentence',
  text,
  ...(again ? { again } : {}),
})

function drawForm(draft: Draft): void {
  keepDraft(token, draft)
  const { survey, answers, place } = draft
  const given = Object.entries(answers).map(([about, answer]) => ({ about: Number(about), answer }))
  if (survey.linked) {
    draw({
      kind: 'walk',
      walk: {
        survey,
        answers,
        place,
        changed: () => keepDraft(token, draft),
        go: (next) => drawForm({ ...draft, place: next }),
        submit: () => void submit({ answers: given }),
      },
    })
    return
  }
  const { id } = survey.about[0]!
  const answer = answers[id] ?? {}
  const changed = () => keepDraft(token, { ...draft, answers: { [id]: answer } })
  draw({ kind: 'form', form: { survey, answer, changed, submit: () => void submit({ answer }) } })
}

async function submit(content: Content): Promise<void> {
  draw({ kind: 'sentence', text: 'sending', isBusy: true })
  await enqueue(token, content)
  await askForSync()
  await send()
}

/** Chromium sends what waits even when the page is closed; elsewhere it is sent when the page is opened again. */
async function askForSync(): Promise<void> {
  const worker = await workers?.getRegistration().catch(() => undefined)
  const sync = (worker as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync
  await sync?.register('answers').catch(() => undefined)
}

const firstWaitSeconds = 1
const longestWaitSeconds = 60
let waitSeconds = firstWaitSeconds
let timer: ReturnType<typeof setTimeout> | undefined

/** Tries until the server says what became of the answer, later and later, and not all phones in the same moment. */
async function send(): Promise<void> {
  clearTimeout(timer)
  const outcome = (await sendWaiting()).get(token)
  if (outcome === 'later') {
    draw(sentence('waiting'))
    timer = setTimeout(() => void send(), 1000 * waitSeconds * (0.5 + Math.random()))
    waitSeconds = Math.min(longestWaitSeconds, waitSeconds * 2)
  } else if (outcome) finish(outcome)
  else if (view.kind === 'sentence' && view.text === 'waiting') finish('received')
}

/** What waited and is gone was sent by the service worker. */
function finish(outcome: Outcome): void {
  if (outcome !== 'invalid') forgetDraft(token)
  draw(sentence(outcome))
}

async function start(): Promise<void> {
  draw()
  if (!tokenForm.test(token)) {
    draw(sentence('noLink'))
    return
  }
  if (await findWaiting(token)) {
    draw(sentence('waiting'))
    await send()
    return
  }
  const kept = readDraft(token)
  const survey = await fetchSurvey(token).catch(() => undefined)
  if (survey === null) finish('unknown')
  else if (survey && survey.state !== 'open') draw(sentence(survey.state))
  else if (survey) drawForm({ answers: {}, place: -1, ...kept, survey })
  else if (kept) drawForm(kept)
  else draw(sentence('offline', () => void start()))
}

addEventListener('online', () => void send())
addEventListener('hashchange', () => {
  location.reload()
})
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && view.kind === 'sentence' && view.text === 'waiting') void send()
})
void workers?.register('worker.js', { type: 'module' }).catch(() => undefined)
await start()
await sendWaiting()
