import assert from 'node:assert/strict'
import { existsSync, globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { isPackageExport, type PackagedResource, readPackage } from '@sluice/iflow'
import { readArchive } from '@sluice/server'
import { startTestServer } from '@sluice/server/testing'

const recipes = join(process.env.SLUICE_CORPUS ?? '', 'Recipes/for')
const skip =
  process.env.SLUICE_CORPUS && existsSync(recipes)
    ? false
    : 'no SLUICE_CORPUS, a folder with the published flows: see "Real flows" in CONTRIBUTING.md'

test('real packages are imported, and exported and imported again without loss', {
  skip,
  timeout: 300_000,
}, async t => {
  const server = await startTestServer()
  t.after(() => server.close())
  const call = await callsOf(`${server.url}/api/v1`, server.admin.authorization)
  const problems: string[] = []
  let count = 0
  for (const path of globSync('**/*.zip', { cwd: recipes }).sort()) {
    const zip = await readFile(join(recipes, path))
    if (!isPackageExport(await readArchive(zip).catch(() => new Map()))) continue
    count += 1
    try {
      await roundTrip(call, zip)
    } catch (error) {
      problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  assert.deepEqual(problems, [])
  t.diagnostic(`${count} packages`)
})

type Call = (method: string, path: string, json?: unknown) => Promise<{ status: number; body: Uint8Array }>

async function callsOf(root: string, authorization: string): Promise<Call> {
  const { headers } = await fetch(`${root}/`, { headers: { authorization, 'x-csrf-token': 'Fetch' } })
  const csrf = {
    'x-csrf-token': headers.get('x-csrf-token') ?? '',
    cookie: headers
      .getSetCookie()
      .map(line => line.split(';')[0])
      .join('; '),
  }
  return async (method, path, json) => {
    const answer = await fetch(`${root}/${path}`, {
      method,
      headers: { authorization, accept: 'application/json', ...csrf },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    })
    return { status: answer.status, body: new Uint8Array(await answer.arrayBuffer()) }
  }
}

async function roundTrip(call: Call, zip: Uint8Array): Promise<void> {
  const created = await importing(call, zip)
  const path = `IntegrationPackages('${created}')`
  try {
    const exported = await download(call, path)
    assert.deepEqual(await contents(exported), await contents(zip))
    assert.equal(await importing(call, exported, '?Overwrite=true'), created)
    assert.deepEqual(await download(call, path), exported)
  } finally {
    assert.equal((await call('DELETE', path)).status, 202)
  }
}

async function importing(call: Call, zip: Uint8Array, query = ''): Promise<string> {
  const content = { PackageContent: Buffer.from(zip).toString('base64') }
  const { status, body } = await call('POST', `IntegrationPackages${query}`, content)
  const text = Buffer.from(body).toString()
  assert.equal(status, 201, text)
  return JSON.parse(text).d.Id
}

async function download(call: Call, path: string): Promise<Uint8Array> {
  const { status, body } = await call('GET', `${path}/$value`)
  assert.equal(status, 200)
  return body
}

/** What must come back: each resource with its content, and what the index says about documents. */
async function contents(zip: Uint8Array): Promise<unknown> {
  const resources = readPackage(await readArchive(zip))
  assert.ok(!('code' in resources))
  const kept = ({ type, entry }: PackagedResource) => (['File', 'Url', 'MediaLink'].includes(type) ? entry : undefined)
  return resources.map(resource => {
    const { id, type, uniqueId, name, relation, content } = resource
    return {
      id,
      type,
      uniqueId,
      name,
      relation,
      content: Buffer.from(content ?? []).toString('base64'),
      entry: kept(resource),
    }
  })
}
