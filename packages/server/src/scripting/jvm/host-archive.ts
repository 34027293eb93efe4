import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream, existsSync, realpathSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { ZipFile } from 'yazl'
import { createDirectory } from '../../config/create-directory.ts'
import { type JavaInstallation, JavaMissing, saxonOf } from './find-java.ts'
import { printedLines } from './printed-lines.ts'

const scriptHost = fileURLToPath(new URL('../groovy/host', import.meta.url))
/** Needs Saxon. */
const stylesheetHost = fileURLToPath(new URL('../xslt/saxon-he/host', import.meta.url))

/**
 * The archive with the program that a JVM runs (`groovy/host`, and `xslt/saxon-he/host` where there is Saxon), compiled by
 * Groovy's own compiler when the cache does not have it: a Java runtime has no other. Its name depends on sources, Groovy and
 * Saxon, so that another version compiles anew. Throws `JavaMissing` with what the compiler says when it cannot be compiled.
 */
export async function hostArchive(installation: JavaInstallation, cache: string): Promise<string> {
  const { java, groovy } = installation
  const saxon = saxonOf(installation)
  const files = (await Promise.all([scriptHost, ...(saxon ? [stylesheetHost] : [])].map(sourcesIn))).flat()
  const classPath = [...groovy, ...(saxon ? [saxon] : [])]
  const archive = join(cache, `host-${await fingerprint(files, classPath)}.jar`)
  if (existsSync(archive)) return archive
  createDirectory(cache)
  // Another process may do the same: each compiles apart, and the last one to rename wins.
  const work = join(cache, `compile-${randomBytes(8).toString('hex')}`)
  await mkdir(work)
  try {
    await compile(java, classPath, files, work)
    await pack(work, `${work}.jar`)
    await rename(`${work}.jar`, archive)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return archive
}

async function sourcesIn(folder: string): Promise<readonly string[]> {
  const paths = (await readdir(folder, { recursive: true })).filter(path => path.endsWith('.groovy'))
  return paths.map(path => join(folder, path)).sort()
}

async function fingerprint(files: readonly string[], classPath: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) hash.update(relative(scriptHost, file)).update(await readFile(file))
  for (const path of classPath) hash.update(realpathSync(path)).update(String(statSync(path).size))
  return hash.digest('hex').slice(0, 24)
}

function compile(java: string, classPath: readonly string[], files: readonly string[], target: string): Promise<void> {
  const compiler = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classPath.join(':')]
  const child = spawn(
    java,
    [...compiler, 'org.codehaus.groovy.tools.FileSystemCompiler', '--encoding', 'UTF-8', '-d', target, ...files],
    { cwd: target, env: { LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const said: string[] = []
  const lines = printedLines(line => said.push(line))
  child.stdout.on('data', lines)
  child.stderr.on('data', lines)
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(
        new JavaMissing(`Expected Groovy 2.4 to compile the script host, found: ${why} ${said.slice(0, 5).join(' ')}`),
      )
    child.once('error', error => fail(error.message))
    child.once('close', code => (code === 0 ? resolve() : fail(`code ${code}.`)))
  })
}

async function pack(folder: string, archive: string): Promise<void> {
  const zip = new ZipFile()
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    zip.addFile(path, relative(folder, path).split(sep).join('/'))
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(archive, { mode: 0o600 }))
}
