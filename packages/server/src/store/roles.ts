import type { LocalChanges } from './changes.ts'
import { inParts } from './in-parts.ts'
import type { Database, Tx } from './schema.ts'
import type { Roles } from './store.ts'
import type { Writer } from './writer.ts'

export function createRoles(database: Database, writer: Writer, changes: LocalChanges): Roles {
  return { ...customRoles(database, writer, changes), ...assignments(database), ...assigning(writer, changes) }
}

function customRoles(
  database: Database,
  writer: Writer,
  changes: LocalChanges,
): Pick<Roles, 'listCustom' | 'createCustom' | 'deleteCustom'> {
  return {
    async listCustom(application) {
      const rows = await database
        .selectFrom('custom_roles')
        .select('role')
        .where('application', '=', application)
        .orderBy('role')
        .execute()
      return rows.map(row => row.role)
    },
    async createCustom(application, roles) {
      if (roles.length === 0) return
      await writer.write(tx =>
        inParts(roles, part =>
          tx
            .insertInto('custom_roles')
            .values(part.map(role => ({ application, role })))
            .onConflict(conflict => conflict.columns(['application', 'role']).doNothing())
            .execute(),
        ),
      )
    },
    async deleteCustom(application, roles) {
      if (roles.length === 0) return
      await writer.write(tx => inParts(roles, part => deleteRoles(tx, application, part)))
      changes.emit('authorizations', '')
    },
  }
}

async function deleteRoles(tx: Tx, application: string, roles: readonly string[]): Promise<void> {
  // Only custom roles: assignments of predefined ones stay whatever the caller asks.
  const existing = await tx
    .deleteFrom('custom_roles')
    .where('application', '=', application)
    .where('role', 'in', roles)
    .returning('role')
    .execute()
  if (existing.length === 0) return
  const names = existing.map(row => row.role)
  await tx.deleteFrom('role_users').where('application', '=', application).where('role', 'in', names).execute()
  await tx.deleteFrom('role_groups').where('application', '=', application).where('role', 'in', names).execute()
}

function assignments(
  database: Database,
): Pick<Roles, 'usersOf' | 'groupsOf' | 'ofUser' | 'ofGroup' | 'effectiveOfUser'> {
  const directRoles = (user: string) =>
    database.selectFrom('role_users').select(['application', 'role']).where('user_lower', '=', user.toLowerCase())
  return {
    async usersOf({ application, role }) {
      const rows = await database
        .selectFrom('role_users')
        .select('user_name')
        .where('application', '=', application)
        .where('role', '=', role)
        .orderBy('user_lower')
        .execute()
      return rows.map(row => row.user_name)
    },
    async groupsOf({ application, role }) {
      const rows = await database
        .selectFrom('role_groups')
        .innerJoin('groups', 'groups.name_lower', 'role_groups.group_lower')
        .select('groups.name')
        .where('application', '=', application)
        .where('role', '=', role)
        .orderBy('groups.name_lower')
        .execute()
      return rows.map(row => row.name)
    },
    async ofUser(user) {
      const rows = await directRoles(user).orderBy('application').orderBy('role').execute()
      return rows.map(({ application, role }) => ({ application, role }))
    },
    async ofGroup(group) {
      const rows = await database
        .selectFrom('role_groups')
        .select(['application', 'role'])
        .where('group_lower', '=', group.toLowerCase())
        .orderBy('application')
        .orderBy('role')
        .execute()
      return rows.map(({ application, role }) => ({ application, role }))
    },
    async effectiveOfUser(user) {
      const throughGroups = database
        .selectFrom('group_users')
        .innerJoin('role_groups', 'role_groups.group_lower', 'group_users.group_lower')
        .select(['role_groups.application', 'role_groups.role'])
        .where('group_users.user_lower', '=', user.toLowerCase())
      const throughMappedGroups = database
        .selectFrom('mapped_groups')
        .innerJoin('identity_providers', 'identity_providers.name_lower', 'mapped_groups.provider_lower')
        .innerJoin('role_groups', 'role_groups.group_lower', 'mapped_groups.group_lower')
        .select(['role_groups.application', 'role_groups.role'])
        .where('mapped_groups.user_lower', '=', user.toLowerCase())
        .where('identity_providers.enabled', '=', 1)
      const all = directRoles(user).union(throughGroups).union(throughMappedGroups)
      const rows = await all.orderBy('application').orderBy('role').execute()
      return rows.map(({ application, role }) => ({ application, role }))
    },
  }
}

function assigning(
  writer: Writer,
  changes: LocalChanges,
): Pick<Roles, 'assignUsers' | 'unassignUsers' | 'assignGroups' | 'unassignGroups'> {
  return {
    async assignUsers({ application, role }, users) {
      if (users.length === 0) return
      const rows = users.map(user => ({ application, role, user_lower: user.toLowerCase(), user_name: user }))
      await writer.write(tx =>
        inParts(rows, part =>
          tx
            .insertInto('role_users')
            .values(part)
            .onConflict(conflict => conflict.columns(['application', 'role', 'user_lower']).doNothing())
            .execute(),
        ),
      )
      for (const user of users) changes.emit('authorizations', user.toLowerCase())
    },
    async unassignUsers({ application, role }, users) {
      if (users.length === 0) return
      const names = users.map(user => user.toLowerCase())
      await writer.write(tx =>
        inParts(names, part =>
          tx
            .deleteFrom('role_users')
            .where('application', '=', application)
            .where('role', '=', role)
            .where('user_lower', 'in', part)
            .execute(),
        ),
      )
      for (const name of names) changes.emit('authorizations', name)
    },
    async assignGroups({ application, role }, groups) {
      if (groups.length === 0) return
      const rows = groups.map(group => ({ application, role, group_lower: group.toLowerCase() }))
      await writer.write(tx =>
        inParts(rows, part =>
          tx
            .insertInto('role_groups')
            .values(part)
            .onConflict(conflict => conflict.columns(['application', 'role', 'group_lower']).doNothing())
            .execute(),
        ),
      )
      changes.emit('authorizations', '')
    },
    async unassignGroups({ application, role }, groups) {
      if (groups.length === 0) return
      const names = groups.map(group => group.toLowerCase())
      await writer.write(tx =>
        inParts(names, part =>
          tx
            .deleteFrom('role_groups')
            .where('application', '=', application)
            .where('role', '=', role)
            .where('group_lower', 'in', part)
            .execute(),
        ),
      )
      changes.emit('authorizations', '')
    },
  }
}
