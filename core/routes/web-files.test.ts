import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'

let folder: string
let server: TestApp
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ustaz-web-'))
  await mkdir(join(folder, 'dist/assets'), { recursive: true })
  await writeFile(join(folder, 'dist/index.html'), '<!doctype html><title>Ustaz</title>')
  await writeFile(join(folder, 'dist/assets/index-abc.js'), `export const text = '${'x'.repeat(5000)}'`)
  await writeFile(join(folder, 'secret.txt'), 'secret')
  server = await createTestApp({ webFolder: pathToFileURL(`${folder}/dist/`) })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

test.each(['/', '/runs/7/teachers/3?area=research', '/evidence.new'])(
  '%s is a page of the web, asked for anew each time',
  async (url) => {
    const response = await server.app.inject(url)
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(response.headers['cache-control']).toBe('no-cache')
    expect(response.headers['content-security-policy']).toContain("script-src 'self'")
  },
)

test('files that are named by their content are kept by browsers, and are sent compressed', async () => {
  const response = await server.app.inject({
    url: '/assets/index-abc.js',
    headers: { 'accept-encoding': 'br' },
  })
  expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(response.headers['content-encoding']).toBe('br')
  expect(response.rawPayload.length).toBeLessThan(500)
})

test.each(['/api/none', '/assets/old-abc.js'])('%s is no page', async (url) => {
  const response = await server.app.inject(url)
  expect([response.statusCode, response.json()]).toMatchObject([404, { code: 'route-not-found' }])
})

test.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2f..%2fsecret.txt'])(
  '%s does not lead out of the folder',
  async (url) => {
    expect((await server.app.inject(url)).body).not.toBe('secret')
  },
)

test('a page cannot be posted to', async () => {
  expect((await server.app.inject({ method: 'POST', url: '/runs' })).statusCode).toBe(404)
})
