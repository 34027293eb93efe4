import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Debian packages that tests need, each with a file by which one sees that it is there, and with the words by which a test file
 * shows that it needs it: the reason for which it would be skipped.
 */
const packages = [
  { name: 'groovy', file: '/usr/share/java/groovy-all.jar', neededBy: /\bwithoutGroovy\b/ },
  { name: 'libsaxonhe-java', file: '/usr/share/java/Saxon-HE.jar', neededBy: /\bwithoutGroovy\b/ },
  { name: 'chromium', file: '/usr/bin/chromium', neededBy: /\bwithoutChromium\b/ },
]

/** Where somebody has these programs elsewhere, nothing is to be installed. */
const givenBy: Readonly<Record<string, string | undefined>> = {
  groovy: process.env.GROOVY_HOME,
  'libsaxonhe-java': process.env.GROOVY_HOME,
  chromium: process.env.CHROMIUM,
}

/**
 * Installs the Debian packages that some of these test files need, where that can be done without asking: on Debian, as root.
 * Elsewhere says how; the tests are skipped then, or use what `GROOVY_HOME` and `CHROMIUM` name.
 */
export async function installPackages(root: string, files: readonly string[]): Promise<void> {
  const missing = packages.filter(({ name, file }) => !givenBy[name] && !existsSync(file))
  if (missing.length === 0) return
  const texts = await Promise.all(files.map(file => readFile(join(root, file), 'utf8')))
  const needed = missing.filter(({ neededBy }) => texts.some(text => neededBy.test(text))).map(({ name }) => name)
  if (needed.length === 0) return
  const command = ['apt-get', 'install', '-y', '--no-install-recommends', ...needed]
  const what = needed.join(' and ')
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    console.error(`Tests are skipped that need ${what} (${command.join(' ')}).`)
    return
  }
  console.error(`Installing ${what} for the tests (${command.join(' ')}).`)
  const installed = (await run(command)) || ((await run(['apt-get', 'update'])) && (await run(command)))
  if (!installed) console.error('That failed: tests that need it are skipped.')
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
