import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { unpackChromium } from './chromium/unpack-chromium.ts'

/**
 * What a test needs of a browser: no sandbox (it has none as root), no graphics card, nothing of its own that speaks to the
 * network. Everything that protects pages from each other stays as users have it.
 */
const flags = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
]

/**
 * A headless Chromium that came with npm, on a machine where nothing is installed for it; as root and as any user.
 * The caller closes it. For tests only. Throws where the package has no program for this kind of machine (other than Linux x64).
 */
export async function launchChromium(): Promise<Browser> {
  // Loaded only here: who tests a plugin without a browser needs neither package.
  const { chromium } = await import('playwright-core')
  const { program, folder } = await unpackChromium()
  const env = {
    HOME: folder,
    TMPDIR: tmpdir(),
    LANG: 'C.UTF-8',
    PATH: '/usr/bin:/bin',
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
  }
  const libraries = { LD_LIBRARY_PATH: join(folder, 'lib') }
  return await chromium.launch({
    executablePath: program,
    args: flags,
    env: runs(program, env) ? env : { ...env, ...libraries },
  })
}

/** Not, where the machine lacks libraries that a desktop has (nss, nspr, expat). */
function runs(program: string, env: Record<string, string>): boolean {
  return spawnSync(program, ['--version'], { env }).status === 0
}
