import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { installPackages } from './install-packages.ts'

const patterns = ['packages/**/*.test.ts', 'tools/*.test.ts', 'test/{conformance,console,corpus}/**/*.test.ts']

/**
 * `npm test [-- [option…] [word…]]` runs every test file whose path holds one of the words; options (`--watch`,
 * `--test-name-pattern=…`) go to `node --test` as they are. Ends with the runner's own summary and exit code.
 */
async function main(given: readonly string[]): Promise<number> {
  const root = join(import.meta.dirname, '..')
  const options = given.filter(argument => argument.startsWith('-'))
  const words = given.filter(argument => !argument.startsWith('-'))
  const files = findTestFiles(root).filter(file => words.length === 0 || words.some(word => file.includes(word)))
  if (files.length === 0) {
    console.error(
      words.length === 0
        ? `Expected test files (${patterns.join(', ')}) below ${root}, found none`
        : `Expected a test file whose path contains ${words.map(word => `"${word}"`).join(' or ')}, found none`,
    )
    return 1
  }
  await installPackages(root, files)
  if (files.some(file => file.startsWith('test/console/')))
    await runNode(root, ['tools/build-console.ts', '--if-changed'])
  const guard = new URL('./hang-guard.ts', import.meta.url).href
  const imports = ['--import', '@sluice/server/load-quickly', '--import', guard]
  const concurrency = `--test-concurrency=${availableParallelism()}`
  const folder = folderInMemory()
  try {
    const env = folder === undefined ? {} : { TMPDIR: folder }
    return await runNode(root, [...imports, '--test', concurrency, ...options, ...files], env)
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
}

/** Bytes that all tests together never need. */
const roomMin = 4_000_000_000

/** Where tests keep their databases, so that thousands of commits do not wait for a disk; undefined where there is no room. */
function folderInMemory(): string | undefined {
  const memory = '/dev/shm'
  if (process.env.TMPDIR !== undefined) return undefined
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize >= roomMin ? mkdtempSync(join(memory, 'sluice-tests-')) : undefined
  } catch {
    return undefined
  }
}

function findTestFiles(root: string): string[] {
  return globSync(patterns, { cwd: root, exclude: path => path.split('/').includes('node_modules') }).sort()
}

function runNode(root: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  // Whoever stops the run waits for the tests to end: what they wrote goes with them.
  process.once('SIGINT', () => {})
  process.once('SIGTERM', () => child.kill())
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', code => resolve(code ?? 1))
  })
}

process.exitCode = await main(process.argv.slice(2))
