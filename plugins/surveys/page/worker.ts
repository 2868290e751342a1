import { sendWaiting } from './outbox.ts'

/** As much of a service worker's surroundings as is used here. */
interface Worker {
  location: URL
  skipWaiting(): Promise<void>
  addEventListener(name: 'install' | 'sync', work: (event: Lasting) => void): void
  addEventListener(name: 'fetch', work: (event: Lasting & Fetching) => void): void
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching {
  request: Request
  respondWith(response: Promise<Response>): void
}

const worker = globalThis as unknown as Worker
const folder = new URL('./', worker.location)
const cacheName = 'page'
const files = [
  './',
  'style.css',
  'icon.svg',
  'main.js',
  'messages.js',
  'views.js',
  'form.js',
  'walk.js',
  'server.js',
  'outbox.js',
  'draft.js',
  'words.js',
  'elements.js',
]

worker.addEventListener('install', (event) => {
  const fill = async () => {
    const cache = await caches.open(cacheName)
    await cache.addAll(files)
    await worker.skipWaiting()
  }
  event.waitUntil(fill())
})

/** At once from what is kept, which is renewed for the next time; so the page opens without network. */
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== folder.origin || !url.pathname.startsWith(folder.pathname))
    return
  // Without what stands after #: a link is kept nowhere.
  const address = url.origin + url.pathname
  const renew = async () => {
    const response = await fetch(address, { cache: 'no-cache' })
    if (response.ok) await (await caches.open(cacheName)).put(address, response.clone())
    return response
  }
  const answer = async () => (await caches.match(address)) ?? (await renewed)
  const renewed = renew()
  event.waitUntil(renewed.catch(() => undefined))
  event.respondWith(answer())
})

worker.addEventListener('sync', (event) => {
  const send = async () => {
    const outcomes = await sendWaiting()
    if ([...outcomes.values()].includes('later')) throw new Error('to be tried again')
  }
  event.waitUntil(send())
})
