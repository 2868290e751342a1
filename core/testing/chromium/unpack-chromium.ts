import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { lstat, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'

/**
 * Unpacks the browser once per version and account into the folder for temporary files; answers the program and its folder.
 * (The package's own way unpacks to fixed names, where two processes that start at once, or two accounts, trip over each other.)
 */
export async function unpackChromium(): Promise<{ program: string; folder: string }> {
  const { archives, version } = await locatePackage()
  const folder = join(tmpdir(), `ustaz-chromium-${version}-${process.getuid?.()}`)
  if (!existsSync(folder)) await unpackBeside(archives, folder)
  const { uid } = await lstat(folder)
  if (uid !== process.getuid?.())
    throw new Error(`${folder} belongs to uid ${uid}, who could have put any program there`)
  return { program: join(folder, 'chromium'), folder }
}

async function locatePackage(): Promise<{ archives: string; version: string }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `@sparticuz/chromium has no browser for ${process.platform} ${process.arch}, only for linux x64`,
    )
  }
  const root = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  return { archives: join(root, 'bin'), version }
}

/** Renamed when it is whole; whoever comes second throws their own away. */
async function unpackBeside(archives: string, folder: string): Promise<void> {
  const unfinished = await mkdtemp(`${folder}-`)
  try {
    await Promise.all([
      unpackFile(join(archives, 'chromium.br'), join(unfinished, 'chromium')),
      ...['al2023', 'fonts', 'swiftshader'].map(
        async (name) => await unpackFolder(join(archives, `${name}.tar.br`), unfinished),
      ),
    ])
    await mkdir(join(unfinished, 'font-cache'))
    await writeFile(join(unfinished, 'fonts.conf'), fontSettings.replaceAll('FOLDER', folder))
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

async function unpackFile(archive: string, file: string): Promise<void> {
  await pipeline(
    createReadStream(archive),
    createBrotliDecompress(),
    createWriteStream(file, { mode: 0o700 }),
  )
}

async function unpackFolder(archive: string, folder: string): Promise<void> {
  const tar = join(folder, basename(archive, '.br'))
  await unpackFile(archive, tar)
  await promisify(execFile)('tar', ['--extract', '--no-same-owner', '--file', tar, '--directory', folder])
  await rm(tar)
}

/** The package's font (Open Sans, with all letters of Kazakh) before the machine's own, which fill in what it lacks. */
const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>FOLDER/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>FOLDER/font-cache</cachedir>
  ${['sans-serif', 'system-ui'].map((family) => `<alias><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`).join('\n  ')}
</fontconfig>
`
