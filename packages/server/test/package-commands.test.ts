import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { flowZip, ok, Tenant } from './tenant.ts'

test('packages are exported, deleted and imported again from the command line', async t => {
  const tenant = await Tenant.start()
  t.after(() => tenant.close())
  const directory = await mkdtemp(join(tmpdir(), 'sluice-packages-'))
  t.after(() => rm(directory, { recursive: true }))
  const sluice = async (...line: readonly string[]) => {
    const env = { SLUICE_URL: tenant.server.url, SLUICE_ADMIN_PASSWORD: tenant.server.admin.password }
    const terminal = new TestTerminal(env)
    const code = await runLine(commands, line, terminal)
    return { code, out: terminal.printed, err: terminal.printedErrors }
  }
  assert.match((await sluice('package', 'list')).err, /There are no packages/)
  ok(await tenant.upload(await flowZip(), 'hello'))
  const file = join(directory, 'tests.zip')
  assert.equal((await sluice('package', 'export', 'tests', '--output', file)).out, `Exported tests to ${file}\n`)
  const again = await sluice('package', 'export', 'tests', '--output', file)
  assert.equal(again.code, 1)
  assert.match(again.err, /one there already; --replace replaces it/)
  const { out } = await sluice('package', 'export', 'tests', '--output', file, '--replace', '--json')
  assert.deepEqual(JSON.parse(out), { exported: 'tests', file, bytes: (await readFile(file)).length })

  const taken = await sluice('package', 'import', file)
  assert.equal(taken.code, 1)
  assert.match(taken.err, /no package "tests", found it already.*409/)
  assert.equal((await sluice('package', 'import', file, '--overwrite')).out, 'Imported tests: Tests, 1 artifact\n')
  ok(await tenant.administer('DELETE', "/api/v1/IntegrationPackages('tests')"))
  const imported = JSON.parse((await sluice('package', 'import', file, '--json')).out)
  assert.deepEqual(imported, { imported: 'tests', name: 'Tests', artifacts: 1 })

  const { packages } = JSON.parse((await sluice('package', 'list', '--json')).out)
  assert.deepEqual(
    [packages.length, packages[0].id, packages[0].name, packages[0].modifiedBy],
    [1, 'tests', 'Tests', 'admin'],
  )
  assert.match((await sluice('package', 'list')).out, /^ID +NAME +VERSION +MODIFIED +BY\ntests +Tests/)
  assert.equal((await sluice('deploy', file)).code, 0)

  const absent = await sluice('package', 'export', 'none', '--output', join(directory, 'none.zip'))
  assert.equal(absent.code, 1)
  assert.match(absent.err, /an entity of IntegrationPackages, found none \(GET .*404\)/)
})
