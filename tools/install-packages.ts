import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Debian packages that tests with Java need, each with a file by which one sees that it is there. */
const packages = [
  { name: 'groovy', file: '/usr/share/java/groovy-all.jar' },
  { name: 'libsaxonhe-java', file: '/usr/share/java/Saxon-HE.jar' },
]

/** How a test file shows that it needs Java: by the reason for which it would be skipped. */
const needsJava = /\bwithoutGroovy\b/

/**
 * Installs the Debian packages that some of these test files need, where that can be done without asking: on Debian, as root.
 * Elsewhere says how; the tests are skipped then, or use the `GROOVY_HOME` that is given.
 */
export async function installPackages(root: string, files: readonly string[]): Promise<void> {
  if (process.env.GROOVY_HOME) return
  const missing = packages.filter(({ file }) => !existsSync(file)).map(({ name }) => name)
  if (missing.length === 0) return
  const texts = await Promise.all(files.map(file => readFile(join(root, file), 'utf8')))
  if (!texts.some(text => needsJava.test(text))) return
  const command = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing]
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    console.error(`Tests with Java are skipped: they need ${missing.join(' and ')} (${command.join(' ')}).`)
    return
  }
  console.error(`Installing ${missing.join(' and ')} for tests with Java (${command.join(' ')}).`)
  const installed = (await run(command)) || ((await run(['apt-get', 'update'])) && (await run(command)))
  if (!installed) console.error('That failed: tests with Java are skipped.')
}

/** Whether the command succeeded. What it prints is shown where it failed. */
function run([program = '', ...rest]: readonly string[]): Promise<boolean> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const child = spawn(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => said.push(piece))
  return new Promise(resolve => {
    child.on('error', () => resolve(false))
    child.on('close', code => {
      if (code !== 0) process.stderr.write(Buffer.concat(said))
      resolve(code === 0)
    })
  })
}
