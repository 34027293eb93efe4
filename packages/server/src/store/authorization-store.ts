export interface User {
  /** Compared without regard to case. */
  readonly name: string
  /** Empty where none is known. */
  readonly email: string
  readonly displayName: string
  /** Whether the password lets the user in at all. */
  readonly enabled: boolean
  /** The password is not one that the user chose: it lets nobody in but to change it. */
  readonly mustChangePassword: boolean
  /** Until when wrong passwords keep the right one from being accepted. */
  readonly lockedUntil: number | undefined
  readonly createdAt: number
  readonly signedInAt: number | undefined
}

/** What a user begins with. */
export type NewUser = Pick<User, 'name' | 'createdAt'> &
  Partial<Pick<User, 'email' | 'displayName' | 'mustChangePassword'>>

/** When wrong passwords lock a user, and for how long. */
export interface LockRule {
  /** Wrong passwords in a row; 0: never. */
  readonly failuresMax: number
  /** How long the lock holds, and how long a wrong password counts. */
  readonly lockMs: number
}

/** Users of the local identity provider: those who can sign in with a password. Names are compared without regard to case. */
export interface Users {
  /** Throws `DuplicateError`, also where a user of an OpenID provider has the name. */
  create(user: NewUser, passwordHash: string): Promise<void>
  find(name: string): Promise<User | undefined>
  findPasswordHash(name: string): Promise<string | undefined>
  count(): Promise<number>
  /** The names of those who are disabled, in lower case. */
  listDisabled(): Promise<string[]>
  /** Those whose name, address or display name contains `search`, without regard to case, by name. */
  list(query: { search: string; skip: number; top: number }): Promise<{ users: User[]; count: number }>
  /** False when there is no such user. */
  update(name: string, user: Pick<User, 'email' | 'displayName' | 'enabled'>): Promise<boolean>
  /** Also ends a lock. False when there is no such user. */
  setPassword(name: string, passwordHash: string, mustChange: boolean): Promise<boolean>
  /** Replaces the hash of a password by another of the same one. False when there is no such user, or it is not `replaced`. */
  renewPasswordHash(name: string, replaced: string, passwordHash: string): Promise<boolean>
  /** Counts a wrong password; resolves with whether it locks the user. */
  countFailure(name: string, now: number, rule: LockRule): Promise<boolean>
  /** Forgets wrong passwords, and with them a lock. False when there is no such user. */
  forgetFailures(name: string): Promise<boolean>
  /** False when there was none. */
  delete(name: string): Promise<boolean>
  /** How many enabled users have a role, directly or by a group. */
  countEnabledWith(role: RoleReference): Promise<number>
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
  /**
   * Direct assignments and those through groups, assigned or mapped by an enabled identity provider, without duplicates. The
   * authorizer caches this per user.
   */
  effectiveOfUser(user: string): Promise<RoleReference[]>
}
