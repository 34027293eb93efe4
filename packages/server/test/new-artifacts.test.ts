import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok, Tenant } from './tenant.ts'

test('artifacts that are created without content can be deployed', async t => {
  const tenant = await Tenant.start()
  t.after(() => tenant.close())
  ok(await tenant.administer('POST', '/api/v1/IntegrationPackages', { Id: 'new', Name: 'New', ShortText: 'New' }))
  for (const kind of ['Integration', 'MessageMapping', 'ScriptCollection', 'ValueMapping']) {
    const body = { Id: `new_${kind}`, Name: kind, PackageId: 'new' }
    ok(await tenant.administer('POST', `/api/v1/${kind}DesigntimeArtifacts`, body))
    const path = `/api/v1/Deploy${kind}DesigntimeArtifact?Id='${body.Id}'&Version='active'`
    assert.equal((await tenant.administer('POST', path)).status, 202, kind)
    await tenant.server.deployed()
    const runtime = ok(await tenant.administer('GET', `/api/v1/IntegrationRuntimeArtifacts('${body.Id}')`))
    assert.equal(JSON.parse(runtime.text).d.Status, 'STARTED', kind)
  }
})
