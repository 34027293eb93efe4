import type { Target } from '../target.ts'
import { bareHttp } from './bare-http.ts'
import { nodeRed } from './node-red.ts'
import { oidcProviderEs256, oidcProviderOpaque } from './oidc-provider.ts'
import { sluiceCall, sluiceTokenEs256, sluiceTokenOpaque } from './sluice.ts'

/** Every target, in the order of the report. */
export const targets: readonly Target[] = [
  bareHttp,
  oidcProviderOpaque,
  sluiceTokenOpaque,
  oidcProviderEs256,
  sluiceTokenEs256,
  nodeRed,
  sluiceCall,
]
