import type { Application, RolesCatalogue } from '../../identity/roles-catalogue.ts'
import type { RoleReference } from '../../store/store.ts'

/** A role as the original's API shows it. */
export interface RoleDescription {
  readonly name: string
  readonly type: 'PREDEFINED' | 'CUSTOM'
  readonly applicationRole: boolean
  readonly shared: boolean
}

/** Predefined roles belong to the application and are shared with its subscribers; custom ones are the subaccount's own. */
export function describeRole(application: Application, name: string): RoleDescription {
  const predefined = application.predefinedRoles.includes(name)
  return { name, type: predefined ? 'PREDEFINED' : 'CUSTOM', applicationRole: predefined, shared: predefined }
}

/** The role together with its application; the subaccount itself is the provider of its applications. */
export function describeReference(catalogue: RolesCatalogue, reference: RoleReference) {
  const application = catalogue.find(reference.application) ?? { name: reference.application, predefinedRoles: [] }
  return {
    ...describeRole(application, reference.role),
    applicationName: reference.application,
    providerAccount: catalogue.subaccount,
  }
}
