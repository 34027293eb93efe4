import { after, before, describe } from 'node:test'
import { withoutGroovy } from '@sluice/server/testing'
import { AcceptanceRun } from './acceptance-run.ts'
import { accessSteps } from './steps/access.ts'
import { agentSteps } from './steps/agent.ts'
import { batchSteps } from './steps/batch.ts'
import { breadthSteps } from './steps/breadth.ts'
import { configurationSteps } from './steps/configuration.ts'
import { contentSteps } from './steps/content.ts'
import { contivaReads } from './steps/contiva-reads.ts'
import { contivaWrites } from './steps/contiva-writes.ts'
import { detailSteps } from './steps/details.ts'
import { errorSteps } from './steps/errors.ts'
import { keystoreSteps } from './steps/keystore.ts'
import { logSteps } from './steps/logs.ts'
import { otherSteps } from './steps/others.ts'
import { partnerSteps } from './steps/partners.ts'
import { resourceSteps } from './steps/resources.ts'
import { runtimeSteps } from './steps/runtime.ts'
import { securitySteps } from './steps/security.ts'
import { traceSteps } from './steps/traces.ts'
import { transportSteps } from './steps/transport.ts'

describe('clients of Cloud Integration, one after the other on one tenant', { skip: withoutGroovy() }, () => {
  const run = new AcceptanceRun()
  before(() => run.start())
  after(() => run.close())
  accessSteps(run)
  contentSteps(run)
  configurationSteps(run)
  batchSteps(run)
  resourceSteps(run)
  runtimeSteps(run)
  logSteps(run)
  detailSteps(run)
  traceSteps(run)
  securitySteps(run)
  keystoreSteps(run)
  partnerSteps(run)
  otherSteps(run)
  agentSteps(run)
  contivaReads(run)
  contivaWrites(run)
  breadthSteps(run)
  errorSteps(run)
  transportSteps(run)
})
