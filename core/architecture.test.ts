import { glob, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

interface SourceFile {
  /** From the root of the project. */
  path: string
  /** What it imports, types included: "/core/rating/run.ts" for a file of ours, else the name of a package. */
  imports: string[]
  /** Without types. */
  runtime: string[]
}

let files: SourceFile[] = []
beforeAll(async () => {
  const paths: string[] = []
  const places = ['core', 'plugins', 'web', 'devices', 'demo', 'bench', 'conformance'].map(
    (folder) => `${folder}/**/*.{ts,vue}`,
  )
  for await (const path of glob(places, {
    cwd: root,
    exclude: (name) => /(^|\/)(node_modules|dist)(\/|$)/.test(name),
  })) {
    if (!path.endsWith('.d.ts')) paths.push(path)
  }
  files = await Promise.all(paths.sort().map(readSource))
})

async function readSource(path: string): Promise<SourceFile> {
  const text = await readFile(join(root, path), 'utf8')
  const code = path.endsWith('.vue')
    ? [...text.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(([, script]) => script).join('\n')
    : text
  const { importedFiles } = ts.preProcessFile(code, true, true)
  const names = importedFiles.map(({ fileName }) => fileName)
  const types = typeOnly(code)
  const inProject = (name: string) => placeOf(path, name)
  return {
    path,
    imports: names.map(inProject),
    runtime: names.filter((name) => !types.has(name)).map(inProject),
  }
}

/** What is imported or exported again by `import type` and `export type` only. */
function typeOnly(code: string): Set<string> {
  const found = { type: new Set<string>(), value: new Set<string>() }
  for (const statement of ts.createSourceFile('', code, ts.ScriptTarget.ESNext).statements) {
    const isImport = ts.isImportDeclaration(statement)
    if (!isImport && !ts.isExportDeclaration(statement)) continue
    const { moduleSpecifier } = statement
    if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) continue
    const isType = isImport
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : statement.isTypeOnly
    found[isType ? 'type' : 'value'].add(moduleSpecifier.text)
  }
  return found.type.difference(found.value)
}

function placeOf(path: string, name: string): string {
  if (!name.startsWith('.')) return name.replace(/\?.*$/, '')
  return `/${relative(root, join(root, dirname(path), name))}`
}

const isTest = (path: string) => /\.test\.ts$/.test(path)
const isBuiltin = (name: string) => name.startsWith('node:')
const isOurs = (name: string) => name.startsWith('/') || name.startsWith('@ustaz/')
const isBelow = (folder: string) => (name: string) => name.startsWith(`/${folder}/`)

/** Imports of the files of a folder that none of the rules lets through, as "file -> import". */
function findBreaches(
  belongs: (path: string) => boolean,
  allowed: (name: string, path: string) => boolean,
  kind: 'imports' | 'runtime' = 'imports',
): string[] {
  const looked = files.filter(({ path }) => belongs(path))
  expect(looked.length).toBeGreaterThan(0)
  return looked.flatMap((file) =>
    file[kind].filter((name) => !allowed(name, file.path)).map((name) => `${file.path} -> ${name}`),
  )
}

describe('who may import whom', () => {
  test('the contract imports zod and itself', () => {
    const ours = isBelow('core/contract')
    expect(
      findBreaches(
        (path) => path.startsWith('core/contract/') && !isTest(path),
        (name) => name === 'zod' || ours(name),
      ),
    ).toEqual([])
  })

  test('the plugin interface imports the contract and Node itself, and types of kysely, zod and fastify', () => {
    const belongs = (path: string) => path.startsWith('core/plugin/') && !isTest(path)
    const ours = (name: string) => isBelow('core/contract')(name) || isBelow('core/plugin')(name)
    const runtime = (name: string) => ours(name) || isBuiltin(name)
    const types = (name: string) => runtime(name) || ['kysely', 'zod', 'fastify'].includes(name)
    expect(findBreaches(belongs, types)).toEqual([])
    expect(findBreaches(belongs, runtime, 'runtime')).toEqual([])
  })

  test('core imports no plugin, no web and nothing that stands beside it: plugins arrive as an argument', () => {
    const beside = (name: string) => isOurs(name) && !isBelow('core')(name)
    const shared = (name: string) => isBelow('migrations')(name) || isBelow('regulations')(name)
    expect(
      findBreaches(
        (path) => path.startsWith('core/') && !isTest(path),
        (name) => !beside(name) || shared(name),
      ),
    ).toEqual([])
  })

  test('a plugin imports the public interfaces and itself; its tests also the testing tools', () => {
    const interfaces = ['@ustaz/core/plugin', '@ustaz/core/contract', '@ustaz/devices']
    const allowed = (name: string, path: string) => {
      const own = `plugins/${path.split('/')[1] ?? ''}`
      if (!isOurs(name)) return true
      return (
        interfaces.includes(name) || isBelow(own)(name) || (isTestOf(path) && name === '@ustaz/core/testing')
      )
    }
    expect(findBreaches((path) => /^plugins\/[^/]+\/(?!web\/)/.test(path), allowed)).toEqual([])
  })

  test("a plugin's panels import its contract, the web's panel interface and vue", () => {
    const panels = files.filter(({ path }) => /^plugins\/[^/]+\/web\//.test(path))
    const breaches = panels.flatMap(({ path, imports }) => {
      const own = `plugins/${path.split('/')[1] ?? ''}`
      const allowed = (name: string) =>
        ['vue', '@ustaz/web/panel', '@ustaz/core/contract', `/${own}/contract.ts`].includes(name) ||
        isBelow(`${own}/web`)(name)
      return isTest(path) ? [] : imports.filter((name) => !allowed(name)).map((name) => `${path} -> ${name}`)
    })
    expect(breaches).toEqual([])
  })

  test('the web imports the contract and itself, and no code of the server', () => {
    const server = ['fastify', 'kysely', 'pg', 'pg-boss', '@ustaz/core/plugin', '@ustaz/core/testing']
    const isPage = (path: string) =>
      path.startsWith('web/') &&
      !isTest(path) &&
      !/(vite[^/]*|\.config)\.ts$/.test(path) &&
      !/^web\/(browser|testing|e2e)\//.test(path)
    const allowed = (name: string) => {
      if (server.includes(name) || isBuiltin(name)) return false
      return !isOurs(name) || name === '@ustaz/core/contract' || isBelow('web')(name)
    }
    expect(findBreaches(isPage, allowed, 'runtime')).toEqual([])
  })

  test('device types import zod', () => {
    const devices = files.filter(({ path }) => path.startsWith('devices/') && !isTest(path))
    const allowed = (name: string) => name === 'zod' || isBelow('devices')(name)
    expect(devices.flatMap(({ imports }) => imports.filter((name) => !allowed(name)))).toEqual([])
  })
})

/** Samples and fixtures of tests count as tests. */
function isTestOf(path: string): boolean {
  return isTest(path) || /\/(test-[^/]*|[^/]*\.(samples|example))\.ts$/.test(path)
}

test('tables for spreadsheets are written at one place, which disarms formulas in them', () => {
  const writers = files.filter(({ imports }) =>
    imports.some((name) => /^(csv-stringify|write-excel-file|exceljs|xlsx)/.test(name)),
  )
  expect(writers.map(({ path }) => path).filter((path) => !isTest(path))).toEqual([
    'core/reports/table-file.ts',
  ])
})

test('no folder of core needs, while it runs, a folder that needs it', () => {
  // A file that stands in core itself is a room of its own.
  const folderOf = (name: string) => name.split('/').slice(0, 2).join('/')
  const needs = new Map<string, Set<string>>()
  for (const { path, runtime } of files) {
    const from = folderOf(path)
    if (
      !path.startsWith('core/') ||
      /(\.test|\.example)\.ts$|\/(test|example)-/.test(path) ||
      from === 'core/testing'
    )
      continue
    for (const name of runtime.filter(isBelow('core'))) {
      const to = folderOf(name.slice(1))
      if (to !== from) needs.set(from, (needs.get(from) ?? new Set()).add(to))
    }
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(needs.get(from) ?? [])].some(
      (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
    )
  expect([...needs.keys()].filter((folder) => reaches(folder, folder))).toEqual([])
})
