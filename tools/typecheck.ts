import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Type-checks the repository: once as a whole, with Node's types, and once per package that has a `tsconfig.json` of its
 * own. A pure package is compiled there without Node's types, which is what keeps it pure.
 */
function main(): number {
  const root = join(import.meta.dirname, '..')
  const projects = ['tsconfig.json', ...globSync('packages/*/tsconfig.json', { cwd: root }).sort()]
  const failed = projects.filter(project => !check(root, project))
  console.log(
    failed.length === 0
      ? `typecheck: ${projects.length} projects passed`
      : `typecheck: ${failed.length} of ${projects.length} projects failed: ${failed.join(', ')}`,
  )
  return failed.length === 0 ? 0 : 1
}

function check(root: string, project: string): boolean {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const run = spawnSync(process.execPath, [tsc, '-p', project], { cwd: root, stdio: 'inherit' })
  if (run.error !== undefined) throw run.error
  const passed = run.status === 0
  console.log(`${passed ? 'passed' : 'FAILED'}  ${dirname(project) === '.' ? 'whole repository' : dirname(project)}`)
  return passed
}

process.exitCode = main()
