import { type Selectable, sql } from 'kysely'
import type { LocalChanges } from './changes.ts'
import { lockProviders } from './external-users.ts'
import type { Database, Schema, Tx } from './schema.ts'
import { DuplicateError, type LockRule, type RoleReference, type User, type Users } from './store.ts'
import type { Writer } from './writer.ts'

export function createUsers(database: Database, writer: Writer, changes: LocalChanges): Users {
  return { ...reading(database), ...changing(writer, changes) }
}

type Reading = 'find' | 'findPasswordHash' | 'count' | 'listDisabled' | 'list' | 'countEnabledWith'

function reading(database: Database): Pick<Users, Reading> {
  const row = (name: string) => database.selectFrom('users').where('name_lower', '=', name.toLowerCase())
  const counted = async (query: { executeTakeFirstOrThrow(): Promise<{ count: unknown }> }) =>
    Number((await query.executeTakeFirstOrThrow()).count)
  return {
    async find(name) {
      const found = await row(name).selectAll().executeTakeFirst()
      return found && fromRow(found)
    },
    async findPasswordHash(name) {
      const found = await row(name).select('password_hash').executeTakeFirst()
      return found?.password_hash
    },
    count: () => counted(database.selectFrom('users').select(from => from.fn.countAll().as('count'))),
    async listDisabled() {
      const rows = await database.selectFrom('users').select('name_lower').where('enabled', '=', 0).execute()
      return rows.map(({ name_lower }) => name_lower)
    },
    async list({ search, skip, top }) {
      const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
      const matching = database.selectFrom('users').where(sql<boolean>`search_text like ${pattern} escape '\\'`)
      const rows = await matching.selectAll().orderBy('name_lower').limit(top).offset(skip).execute()
      const count = await counted(matching.select(from => from.fn.countAll().as('count')))
      return { users: rows.map(fromRow), count }
    },
    countEnabledWith: role => counted(enabledWith(database, role)),
  }
}

function enabledWith(database: Database, { application, role }: RoleReference) {
  return database
    .selectFrom('users')
    .select(from => from.fn.countAll().as('count'))
    .where('enabled', '=', 1)
    .where(({ or, eb, selectFrom }) =>
      or([
        eb(
          'name_lower',
          'in',
          selectFrom('role_users').select('user_lower').where('application', '=', application).where('role', '=', role),
        ),
        eb(
          'name_lower',
          'in',
          selectFrom('group_users')
            .innerJoin('role_groups', 'role_groups.group_lower', 'group_users.group_lower')
            .select('group_users.user_lower')
            .where('role_groups.application', '=', application)
            .where('role_groups.role', '=', role),
        ),
      ]),
    )
}

function changing(writer: Writer, changes: LocalChanges): Omit<Users, Reading> {
  /** False when there is no such user. */
  const set = async (name: string, values: Partial<Selectable<Schema['users']>>, isHeard = true) => {
    const updated = await writer.write(tx =>
      tx.updateTable('users').set(values).where('name_lower', '=', name.toLowerCase()).executeTakeFirst(),
    )
    if (updated.numUpdatedRows === 0n) return false
    if (isHeard) changes.emit('users', name.toLowerCase())
    return true
  }
  return {
    async create({ name, createdAt, email = '', displayName = '', mustChangePassword = false }, passwordHash) {
      const row = {
        name_lower: name.toLowerCase(),
        name,
        password_hash: passwordHash,
        created_at: createdAt,
        email,
        display_name: displayName,
        search_text: searchText(name, email, displayName),
        must_change_password: mustChangePassword ? 1 : 0,
      }
      const isCreated = await writer.write(async tx => {
        await lockProviders(tx)
        const external = tx.selectFrom('external_users').select('name').where('name_lower', '=', row.name_lower)
        if (await external.executeTakeFirst()) return false
        const created = await tx
          .insertInto('users')
          .values(row)
          .onConflict(conflict => conflict.column('name_lower').doNothing())
          .executeTakeFirst()
        return created.numInsertedOrUpdatedRows === 1n
      })
      if (!isCreated) throw new DuplicateError(name)
      changes.emit('users', name.toLowerCase())
    },
    update: (name, { email, displayName, enabled }) =>
      set(name, {
        email,
        display_name: displayName,
        search_text: searchText(name, email, displayName),
        enabled: enabled ? 1 : 0,
      }),
    setPassword: (name, passwordHash, mustChange) =>
      set(name, {
        password_hash: passwordHash,
        must_change_password: mustChange ? 1 : 0,
        failures: 0,
        locked_until: 0,
      }),
    async renewPasswordHash(name, replaced, passwordHash) {
      const renewed = await writer.write(tx =>
        tx
          .updateTable('users')
          .set({ password_hash: passwordHash })
          .where('name_lower', '=', name.toLowerCase())
          .where('password_hash', '=', replaced)
          .executeTakeFirst(),
      )
      if (renewed.numUpdatedRows === 0n) return false
      changes.emit('users', name.toLowerCase())
      return true
    },
    async countFailure(name, now, rule) {
      const isLocked = await writer.write(tx => countFailure(tx, name.toLowerCase(), now, rule))
      if (isLocked) changes.emit('users', name.toLowerCase())
      return isLocked
    },
    forgetFailures: name => set(name, { failures: 0, locked_until: 0 }, false),
    async delete(name) {
      const deleted = await writer.write(tx =>
        tx.deleteFrom('users').where('name_lower', '=', name.toLowerCase()).executeTakeFirst(),
      )
      if (deleted.numDeletedRows === 0n) return false
      changes.emit('users', name.toLowerCase())
      return true
    },
  }
}

async function countFailure(tx: Tx, name: string, now: number, { failuresMax, lockMs }: LockRule): Promise<boolean> {
  const counted = await tx
    .updateTable('users')
    .set({
      failures: sql<number>`case when failed_at > ${now - lockMs} then failures + 1 else 1 end`,
      failed_at: now,
    })
    .where('name_lower', '=', name)
    .returning('failures')
    .executeTakeFirst()
  if (!counted || failuresMax === 0 || Number(counted.failures) < failuresMax) return false
  await tx
    .updateTable('users')
    .set({ failures: 0, locked_until: now + lockMs })
    .where('name_lower', '=', name)
    .execute()
  return true
}

function searchText(...texts: readonly string[]): string {
  return texts.join('\n').toLowerCase()
}

function fromRow(row: Selectable<Schema['users']>): User {
  return {
    name: row.name,
    email: row.email,
    displayName: row.display_name,
    enabled: row.enabled === 1,
    mustChangePassword: row.must_change_password === 1,
    lockedUntil: row.locked_until === 0 ? undefined : row.locked_until,
    createdAt: row.created_at,
    signedInAt: row.signed_in_at ?? undefined,
  }
}
