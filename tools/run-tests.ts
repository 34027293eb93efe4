import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
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
  return runNode(root, [...imports, '--test', concurrency, ...options, ...files])
}

function findTestFiles(root: string): string[] {
  return globSync(patterns, { cwd: root, exclude: path => path.split('/').includes('node_modules') }).sort()
}

function runNode(root: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (signal === null) resolve(code ?? 1)
      else process.kill(process.pid, signal)
    })
  })
}

process.exitCode = await main(process.argv.slice(2))
