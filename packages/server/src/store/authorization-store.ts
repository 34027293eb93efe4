export interface User {
  /** Compared without regard to case. */
  readonly name: string
  readonly createdAt: number
}

/** Users of the local identity provider: those who can sign in with a password. */
export interface Users {
  /** Throws `DuplicateError`. */
  create(user: User, passwordHash: string): Promise<void>
  find(name: string): Promise<User | undefined>
  findPasswordHash(name: string): Promise<string | undefined>
  count(): Promise<number>
}

/** Groups: named sets of roles; names are compared without regard to case. */
export interface Groups {
  list(): Promise<string[]>
  exists(name: string): Promise<boolean>
  /** Existing groups are left as they are. */
  create(names: readonly string[]): Promise<void>
  /** Also ends memberships and role assignments. */
  delete(names: readonly string[]): Promise<void>
  users(group: string): Promise<string[]>
  ofUser(user: string): Promise<string[]>
  addUsers(group: string, users: readonly string[]): Promise<void>
  removeUsers(group: string, users: readonly string[]): Promise<void>
}

/** A role of an application: `application` such as `deviflmap`, `role` such as `ESBMessaging.send` (case-sensitive). */
export interface RoleReference {
  readonly application: string
  readonly role: string
}

/** Custom roles, and who has which role. Users need not exist: `oauth_client_<id>` may be assigned before its client is registered. */
export interface Roles {
  /** Custom roles of an application. */
  listCustom(application: string): Promise<string[]>
  /** Existing roles are left as they are. */
  createCustom(application: string, roles: readonly string[]): Promise<void>
  /** Also ends their assignments. */
  deleteCustom(application: string, roles: readonly string[]): Promise<void>
  usersOf(reference: RoleReference): Promise<string[]>
  groupsOf(reference: RoleReference): Promise<string[]>
  ofUser(user: string): Promise<RoleReference[]>
  ofGroup(group: string): Promise<RoleReference[]>
  assignUsers(reference: RoleReference, users: readonly string[]): Promise<void>
  unassignUsers(reference: RoleReference, users: readonly string[]): Promise<void>
  assignGroups(reference: RoleReference, groups: readonly string[]): Promise<void>
  unassignGroups(reference: RoleReference, groups: readonly string[]): Promise<void>
  /** Direct assignments and those through groups, without duplicates. The authorizer caches this per user. */
  effectiveOfUser(user: string): Promise<RoleReference[]>
}
