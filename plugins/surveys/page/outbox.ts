import { sendAnswer } from './server.ts'
import type { Content, Outcome, Sending } from './server.ts'

/** Answers that wait for the network, by token; the page and its service worker share them. */
const store = 'answers'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('surveys', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'token' })
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(request.error ?? new Error('no storage'))
    }
  })
}

async function work<T>(
  mode: IDBTransactionMode,
  ask: (answers: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode)
      const request = ask(transaction.objectStore(store))
      transaction.oncomplete = () => {
        resolve(request.result)
      }
      transaction.onabort = () => {
        reject(transaction.error ?? new Error('not stored'))
      }
    })
  } finally {
    database.close()
  }
}

/** What waits for this token; null: nothing. */
export async function findWaiting(token: string): Promise<Sending | null> {
  return (
    (await work<Sending | undefined>(
      'readonly',
      (answers) => answers.get(token) as IDBRequest<Sending | undefined>,
    )) ?? null
  )
}

/** Keeps an answer until the server has it; one that waits already stays as it is. */
export async function enqueue(token: string, content: Content): Promise<Sending> {
  const waiting = await findWaiting(token)
  if (waiting) return waiting
  const sending = { ...content, token, answerId: crypto.randomUUID() }
  await work('readwrite', (answers) => answers.put(sending))
  return sending
}

/** Sends what waits; answers by token what became of it. What is not final waits on. */
export async function sendWaiting(): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  for (const sending of await work<Sending[]>(
    'readonly',
    (answers) => answers.getAll() as IDBRequest<Sending[]>,
  )) {
    const outcome = await sendAnswer(sending)
    if (outcome !== 'later') await work('readwrite', (answers) => answers.delete(sending.token))
    outcomes.set(sending.token, outcome)
  }
  return outcomes
}
