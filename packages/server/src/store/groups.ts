import type { LocalChanges } from './changes.ts'
import { inParts } from './in-parts.ts'
import type { Database } from './schema.ts'
import type { Groups } from './store.ts'
import type { Writer } from './writer.ts'

export function createGroups(database: Database, writer: Writer, changes: LocalChanges): Groups {
  return {
    async list() {
      const rows = await database.selectFrom('groups').select('name').orderBy('name_lower').execute()
      return rows.map(row => row.name)
    },
    async exists(name) {
      const found = await database
        .selectFrom('groups')
        .select('name')
        .where('name_lower', '=', name.toLowerCase())
        .executeTakeFirst()
      return found !== undefined
    },
    async create(names) {
      const rows = names.map(name => ({ name_lower: lower(name), name }))
      await writer.write(tx =>
        inParts(rows, part =>
          tx
            .insertInto('groups')
            .values(part)
            .onConflict(conflict => conflict.column('name_lower').doNothing())
            .execute(),
        ),
      )
    },
    async delete(names) {
      if (names.length === 0) return
      // Memberships and role assignments go with it: foreign keys.
      await writer.write(tx =>
        inParts(names.map(lower), part => tx.deleteFrom('groups').where('name_lower', 'in', part).execute()),
      )
      changes.emit('authorizations', '')
    },
    async users(group) {
      const rows = await database
        .selectFrom('group_users')
        .select('user_name')
        .where('group_lower', '=', group.toLowerCase())
        .orderBy('user_lower')
        .execute()
      return rows.map(row => row.user_name)
    },
    async ofUser(user) {
      const rows = await database
        .selectFrom('group_users')
        .innerJoin('groups', 'groups.name_lower', 'group_users.group_lower')
        .select('groups.name')
        .where('group_users.user_lower', '=', user.toLowerCase())
        .orderBy('groups.name_lower')
        .execute()
      return rows.map(row => row.name)
    },
    async addUsers(group, users) {
      if (users.length === 0) return
      const rows = users.map(user => ({ group_lower: lower(group), user_lower: lower(user), user_name: user }))
      await writer.write(tx =>
        inParts(rows, part =>
          tx
            .insertInto('group_users')
            .values(part)
            .onConflict(conflict => conflict.columns(['group_lower', 'user_lower']).doNothing())
            .execute(),
        ),
      )
      for (const user of users) changes.emit('authorizations', lower(user))
    },
    async removeUsers(group, users) {
      if (users.length === 0) return
      await writer.write(tx =>
        inParts(users.map(lower), part =>
          tx
            .deleteFrom('group_users')
            .where('group_lower', '=', lower(group))
            .where('user_lower', 'in', part)
            .execute(),
        ),
      )
      for (const user of users) changes.emit('authorizations', lower(user))
    },
  }
}

function lower(text: string): string {
  return text.toLowerCase()
}
