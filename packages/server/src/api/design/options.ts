import type { RoleGuardOptions } from '../../http/role-guard.ts'
import type { RealTenant } from '../../local/simulated-tenant.ts'
import type { Simulations } from '../../local/simulation.ts'
import type { Store } from '../../store/store.ts'
import type { SubjectContext } from '../odata/protected-subjects.ts'

export interface DesignApiOptions extends RoleGuardOptions {
  readonly store: SubjectContext['store'] & Pick<Store, 'accessPolicies'>
  /** What artifacts may refer to, and what runs their scripts. */
  readonly world: Pick<RealTenant, 'others' | 'hosts'>
  readonly simulations: Pick<Simulations, 'run'>
}
