import assert from 'node:assert/strict'
import { storeTest } from './each-database.test.ts'
import { DuplicateError } from './store.ts'

const send = { application: 'deviflmap', role: 'ESBMessaging.send' }
const read = { application: 'devtmn', role: 'MonitoringDataRead' }

storeTest('a user is found in every spelling and cannot be created twice', async ({ users }) => {
  assert.equal(await users.count(), 0)
  await users.create({ name: 'Ada', createdAt: 5 }, 'hash')
  assert.deepEqual(await users.find('aDA'), {
    ...{ name: 'Ada', createdAt: 5, email: '', displayName: '', enabled: true, mustChangePassword: false },
    ...{ lockedUntil: undefined, signedInAt: undefined },
  })
  assert.equal(await users.findPasswordHash('ADA'), 'hash')
  assert.equal(await users.findPasswordHash('bob'), undefined)
  await assert.rejects(users.create({ name: 'ADA', createdAt: 6 }, 'other'), new DuplicateError('ADA'))
  assert.equal(await users.count(), 1)
})

storeTest('groups ignore case and keep the first spelling', async ({ groups }) => {
  await groups.create(['Senders', 'Admins'])
  await groups.create(['SENDERS', 'Readers'])
  assert.deepEqual(await groups.list(), ['Admins', 'Readers', 'Senders'])
  assert.equal(await groups.exists('senders'), true)
  assert.equal(await groups.exists('sender'), false)
})

storeTest('users join and leave groups without regard to case', async ({ groups }) => {
  await groups.create(['Senders', 'Readers'])
  await groups.addUsers('senders', ['Ada', 'bob'])
  await groups.addUsers('READERS', ['ADA'])
  await groups.addUsers('senders', ['ada'])
  assert.deepEqual(await groups.users('SENDERS'), ['Ada', 'bob'])
  assert.deepEqual(await groups.ofUser('ada'), ['Readers', 'Senders'])
  await groups.removeUsers('Senders', ['ADA', 'nobody'])
  assert.deepEqual(await groups.ofUser('ada'), ['Readers'])
  await assert.rejects(groups.addUsers('nowhere', ['ada']))
})

storeTest('custom roles are case-sensitive and belong to an application', async ({ roles }) => {
  await roles.createCustom('deviflmap', ['orders', 'Orders'])
  await roles.createCustom('deviflmap', ['orders'])
  await roles.createCustom('other', ['invoices'])
  assert.deepEqual(await roles.listCustom('deviflmap'), ['Orders', 'orders'])
  assert.deepEqual(await roles.listCustom('nothing'), [])
})

storeTest('roles are assigned to users who need not exist, and taken from them', async ({ roles }) => {
  await roles.assignUsers(send, ['oauth_client_A', 'ada'])
  await roles.assignUsers(send, ['OAUTH_CLIENT_a'])
  await roles.assignUsers(read, ['ada'])
  assert.deepEqual(await roles.usersOf(send), ['ada', 'oauth_client_A'])
  assert.deepEqual(await roles.usersOf({ ...send, role: 'esbmessaging.send' }), [])
  assert.deepEqual(await roles.ofUser('ADA'), [send, read])
  await roles.unassignUsers(send, ['Ada', 'nobody'])
  assert.deepEqual(await roles.ofUser('ada'), [read])
  assert.deepEqual(await roles.ofUser('oauth_client_a'), [send])
})

storeTest('effective roles are direct ones and those of groups, each once', async ({ groups, roles }) => {
  await groups.create(['Senders', 'Readers'])
  await groups.addUsers('Senders', ['ada'])
  await groups.addUsers('Readers', ['ada', 'bob'])
  await roles.assignGroups(send, ['SENDERS'])
  await roles.assignGroups(send, ['Senders', 'Readers'])
  await roles.assignGroups(read, ['Readers'])
  await roles.assignUsers(send, ['Ada'])
  assert.deepEqual(await roles.effectiveOfUser('ADA'), [send, read])
  assert.deepEqual(await roles.effectiveOfUser('bob'), [send, read])
  assert.deepEqual(await roles.effectiveOfUser('eve'), [])
  assert.deepEqual(await roles.ofUser('bob'), [])
  assert.deepEqual(await roles.groupsOf(send), ['Readers', 'Senders'])
  assert.deepEqual(await roles.ofGroup('readers'), [send, read])
  await roles.unassignGroups(send, ['READERS'])
  assert.deepEqual(await roles.effectiveOfUser('bob'), [read])
})

storeTest('deleting a group or a custom role ends what hung on it', async ({ groups, roles }) => {
  const orders = { application: 'deviflmap', role: 'orders' }
  await groups.create(['Senders'])
  await groups.addUsers('Senders', ['ada'])
  await roles.createCustom('deviflmap', ['orders'])
  await roles.assignGroups(send, ['Senders'])
  await roles.assignGroups(orders, ['Senders'])
  await roles.assignUsers(orders, ['bob'])
  await roles.assignUsers(send, ['bob'])
  await roles.deleteCustom('deviflmap', ['orders', 'ESBMessaging.send'])
  assert.deepEqual(await roles.effectiveOfUser('ada'), [send])
  assert.deepEqual(await roles.effectiveOfUser('bob'), [send])
  await groups.delete(['SENDERS', 'nothing'])
  assert.deepEqual(await roles.effectiveOfUser('ada'), [])
  assert.deepEqual(await groups.ofUser('ada'), [])
})

storeTest('empty lists of names change nothing', async ({ groups, roles, changes }) => {
  changes.on('authorizations', () => assert.fail('nothing changed'))
  await groups.create([])
  await groups.delete([])
  await groups.addUsers('g', [])
  await groups.removeUsers('g', [])
  await roles.createCustom('a', [])
  await roles.deleteCustom('a', [])
  await roles.assignUsers(send, [])
  await roles.unassignUsers(send, [])
  await roles.assignGroups(send, [])
  await roles.unassignGroups(send, [])
})

storeTest(
  'changes name the user, or nobody when a group or role changed',
  async ({ groups, roles, users, changes }) => {
    const heard: string[] = []
    changes.on('authorizations', key => heard.push(key))
    changes.on('users', key => heard.push(`user ${key}`))
    await users.create({ name: 'Ada', createdAt: 0 }, 'hash')
    await groups.create(['g'])
    await groups.addUsers('g', ['Ada', 'Bob'])
    await roles.assignUsers(send, ['Ada'])
    await roles.assignGroups(send, ['g'])
    await groups.delete(['g'])
    assert.deepEqual(heard, ['user ada', 'ada', 'bob', 'ada', '', ''])
  },
)

storeTest('any number of users, groups and roles is given and taken at once', async ({ roles, groups }) => {
  const many = Array.from({ length: 33_000 }, (_, index) => `n${index}`)
  const some = many.slice(0, 11_000)
  const role = { application: 'deviflmap', role: 'n1' }
  await groups.create(some)
  await groups.addUsers('n1', some)
  await roles.createCustom('deviflmap', some)
  await roles.assignUsers(role, some)
  await roles.assignGroups(role, some)
  const left = () => Promise.all([groups.users('n1'), roles.usersOf(role), roles.groupsOf(role)])
  assert.deepEqual(
    (await left()).map(names => names.length),
    [11_000, 11_000, 11_000],
  )
  await roles.unassignUsers(role, many)
  await roles.unassignGroups(role, many)
  await groups.removeUsers('n1', many)
  await roles.deleteCustom('deviflmap', many)
  await groups.delete(many)
  assert.deepEqual([...(await left()), await groups.list(), await roles.listCustom('deviflmap')], [[], [], [], [], []])
})
