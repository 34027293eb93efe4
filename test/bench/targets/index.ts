import type { Target } from '../target.ts'
import { bareHttp } from './bare-http.ts'
import { engineTargets } from './engine.ts'
import { nodeRed } from './node-red.ts'
import { oidcProviderEs256, oidcProviderOpaque } from './oidc-provider.ts'
import { sluiceCall, sluiceTokenEs256, sluiceTokenOpaque } from './sluice.ts'

/** Targets that are measured together, in the order of the report. */
export const suites = {
  server: [bareHttp, oidcProviderOpaque, sluiceTokenOpaque, oidcProviderEs256, sluiceTokenEs256, nodeRed, sluiceCall],
  engine: [bareHttp, ...engineTargets],
  stalls: [],
  logs: [],
  tokens: [],
  'expired-tokens': [],
  'secret-timing': [],
} as const satisfies Readonly<Record<string, readonly Target[]>>
