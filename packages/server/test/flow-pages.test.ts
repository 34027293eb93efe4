import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flowText } from '@sluice/iflow/testing'
import { artifactZip } from './relay-flow.ts'
import { Tenant } from './tenant.ts'

const row = (name: string, value: string) =>
  `<row><cell id='Action'>Create</cell><cell id='Name'>${name}</cell><cell id='Type'>constant</cell><cell id='Value'>${value}</cell></row>`

/** A flow that answers with a page, and with these headers. */
function pageFlow(headers: Readonly<Record<string, string>>): string {
  const rows = Object.entries({ 'Content-Type': 'text/html', ...headers }).map(([name, value]) => row(name, value))
  const page = { bodyType: 'constant', wrapContent: 'a page', headerTable: rows.join('') }
  return flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'Page', type: 'Enricher', properties: page },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [
          { from: 'Start', to: 'Page' },
          { from: 'Page', to: 'End' },
        ],
      },
    ],
    channels: [
      {
        step: 'Start',
        direction: 'Sender',
        properties: { ComponentType: 'HTTPS', urlPath: '/page', xsrfProtection: '0' },
      },
    ],
  })
}

test("a page that a flow makes has an origin of its own, and cannot change the console's session", async () => {
  const tenant = await Tenant.start()
  try {
    await tenant.createClient({ id: 'browser' })
    await tenant.assign('browser')
    const token = await tenant.token('browser')
    const own = { 'Content-Security-Policy': "img-src 'none'" }
    const cases: [headers: Record<string, string>, policy: RegExp, cookie: string | null][] = [
      [{}, /^sandbox [a-z -]+$/, null],
      [own, /^sandbox [a-z -]+, img-src 'none'$/, null],
      [{ 'Set-Cookie': 'JSESSIONID=0123; Path=/' }, /^sandbox /, null],
      [{ 'Set-Cookie': 'basket=7' }, /^sandbox /, 'basket=7'],
    ]
    for (const [headers, policy, cookie] of cases) {
      await tenant.deploy(await artifactZip('page', pageFlow(headers)), 'page')
      const answer = await tenant.call('/page', token)
      assert.deepEqual([answer.status, answer.text], [200, 'a page'])
      const found = answer.headers.get('content-security-policy') ?? ''
      assert.match(found, policy)
      assert.doesNotMatch(found, /allow-same-origin/)
      assert.equal(answer.headers.get('set-cookie'), cookie)
    }
    assert.match((await tenant.call('/page', 'wrong')).headers.get('content-security-policy') ?? '', /^sandbox /)
  } finally {
    await tenant.close()
  }
})
