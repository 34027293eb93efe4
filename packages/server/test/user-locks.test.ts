import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Answer, Tenant } from './tenant.ts'

const users = '/api/identity/v1/users'
const session = '/api/session/v1'
const hour = 3_600_000
let tenant: Tenant

before(async () => {
  tenant = await Tenant.start({ flags: { 'password-failures-max': '3' } })
})

after(() => tenant.close())

const body = ({ text }: Answer) => JSON.parse(text)
const post = (path: string, json: object) =>
  tenant.request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) })
const signIn = (user: string, password: string) => post(session, { user, password })
const basic = (user: string, password: string) => ({
  headers: { authorization: `Basic ${btoa(`${user}:${password}`)}` },
})
const ready = async (name: string) => {
  const user = { name, password: 'long enough', mustChangePassword: false }
  assert.equal((await tenant.administer('POST', users, user)).status, 201)
}
/** One after the other. */
const fail = async (name: string, times: number) => {
  const answers: Answer[] = []
  for (let count = 0; count < times; count += 1) answers.push(await signIn(name, `wrong ${count}`))
  return answers
}

test('wrong passwords in a row lock a user for an hour, whatever is tried then, and reveal nothing', async () => {
  await ready('locked')
  const answers = await fail('locked', 3)
  answers.push(await signIn('locked', 'long enough'), await signIn('nobody', 'long enough'))
  assert.deepEqual(
    [...new Set(answers.map(({ status, text }) => `${status} ${text}`))].length,
    1,
    'all are answered alike',
  )
  assert.equal((await tenant.request('/api/v1/IntegrationPackages', basic('locked', 'long enough'))).status, 401)
  const { lockedUntil } = body(await tenant.administer('GET', `${users}/locked`))
  assert.ok(Date.parse(lockedUntil) > tenant.server.clock.now())
  tenant.server.clock.advance(hour)
  assert.equal((await signIn('locked', 'long enough')).status, 201)
  assert.equal(body(await tenant.administer('GET', `${users}/locked`)).lockedUntil, undefined)
})

test('a right password in between starts the count anew, also where it is in memory', async () => {
  await ready('careless')
  for (let round = 0; round < 3; round += 1) {
    await fail('careless', 2)
    assert.equal((await signIn('careless', 'long enough')).status, 201, `round ${round}`)
  }
})

test('wrong passwords count for an hour only', async () => {
  await ready('slow')
  await fail('slow', 2)
  tenant.server.clock.advance(hour)
  await signIn('slow', 'wrong')
  assert.equal((await signIn('slow', 'long enough')).status, 201)
})

test('wrong passwords at the same time lock a user as those one after the other do', async () => {
  await ready('hurried')
  await Promise.all(Array.from({ length: 6 }, (_, count) => signIn('hurried', `wrong ${count}`)))
  assert.equal((await signIn('hurried', 'long enough')).status, 401)
})

test('an administrator ends a lock, or sets another password, which ends it too', async () => {
  await ready('helped')
  const lock = async () => {
    await fail('helped', 3)
    assert.equal((await signIn('helped', 'long enough')).status, 401)
  }
  await lock()
  assert.equal((await tenant.administer('DELETE', `${users}/helped/lock`)).status, 204)
  assert.equal((await signIn('helped', 'long enough')).status, 201)
  await lock()
  const reset = await tenant.administer('PUT', `${users}/helped/password`, {})
  const { password } = body(reset)
  assert.equal(reset.status, 200)
  const change = { user: 'helped', password, newPassword: 'long enough' }
  assert.equal((await post(`${session}/password`, change)).status, 201)
  assert.equal((await tenant.administer('PUT', `${users}/helped/password`, { password: 'short' })).status, 400)
})

test('without another setting the fifth wrong password locks, as documented for the original', async () => {
  const standard = await Tenant.start()
  try {
    const { user, password } = standard.server.admin
    const statuses: number[] = []
    for (const given of ['1', '2', '3', '4', password, '1', '2', '3', '4', '5', password]) {
      statuses.push((await standard.request(users, basic(user, given))).status)
    }
    assert.deepEqual(statuses, [401, 401, 401, 401, 200, 401, 401, 401, 401, 401, 401])
  } finally {
    await standard.close()
  }
})

test('none do, where the setting says so', async () => {
  const open = await Tenant.start({ flags: { 'password-failures-max': '0' } })
  try {
    const { user, password } = open.server.admin
    for (let count = 0; count < 8; count += 1) await open.request(users, basic(user, 'wrong'))
    assert.equal((await open.request(users, basic(user, password))).status, 200)
  } finally {
    await open.close()
  }
})
