import type { Groups, Roles, Store, TransactionStore } from '../store/store.ts'
import { administratorRole, type RolesCatalogue } from './roles-catalogue.ts'

/** Nobody could administer the server any more. */
export class LastAdministratorError extends Error {
  constructor() {
    super('Expected an enabled local user to keep role Administrator of application cockpit, found no other who would.')
    this.name = 'LastAdministratorError'
  }
}

export interface AdministratorsOptions {
  readonly store: Pick<Store, 'roles' | 'groups' | 'transaction'>
  readonly catalogue: RolesCatalogue
}

/** Runs changes of users, roles and groups, unless they would leave no administrator. */
export class Administrators {
  readonly #options: AdministratorsOptions

  constructor(options: AdministratorsOptions) {
    this.#options = options
  }

  /** Throws `LastAdministratorError` where `work` takes the last one away, and then has no effect. */
  keepOne<T>(work: (tx: TransactionStore) => Promise<T>): Promise<T> {
    const { store, catalogue } = this.#options
    const count = (tx: TransactionStore) =>
      tx.users.countEnabledWith({ application: catalogue.cockpit, role: administratorRole })
    return store.transaction(async tx => {
      const before = await count(tx)
      const result = await work(tx)
      if (before > 0 && (await count(tx)) === 0) throw new LastAdministratorError()
      return result
    })
  }

  /** Roles and groups as the store has them, whose changes keep an administrator. */
  assignments(): { readonly roles: Roles; readonly groups: Groups } {
    const { roles, groups } = this.#options.store
    return {
      roles: {
        ...roles,
        unassignUsers: (reference, users) => this.keepOne(tx => tx.roles.unassignUsers(reference, users)),
        unassignGroups: (reference, names) => this.keepOne(tx => tx.roles.unassignGroups(reference, names)),
      },
      groups: {
        ...groups,
        delete: names => this.keepOne(tx => tx.groups.delete(names)),
        removeUsers: (group, users) => this.keepOne(tx => tx.groups.removeUsers(group, users)),
      },
    }
  }
}
