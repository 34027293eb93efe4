import { join, resolve } from 'node:path'
import type { Clock } from '@sluice/iflow'
import type { Logger } from 'pino'
import type { Settings } from './config/settings.ts'
import { DeployedArtifacts } from './runtime/deployed-artifacts.ts'
import { enginePorts } from './runtime/engine-ports.ts'
import { flowCredentials } from './runtime/flow-credentials.ts'
import { openHeavyWork } from './runtime/heavy-work.ts'
import { OutgoingHttp } from './runtime/http-client.ts'
import { OutgoingMailSender } from './runtime/mail-sender.ts'
import { openJvms } from './scripting/jvm/open-jvms.ts'
import { openScripts } from './scripting/scripts.ts'
import { openStylesheets } from './scripting/xslt/stylesheets.ts'
import type { Store } from './store/store.ts'

/** What the world of a server's flows is made of. */
export interface WorldParts {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Logger
  readonly store: Store
}

/** What flows reach outside the engine: ports, and the artifacts that they may refer to. `close` ends what was started. */
export function openWorld({ settings, clock, log, store }: WorldParts) {
  const { keystore, partnerDirectory } = store
  const limits = { bodyBytesMax: settings.receiverBodyBytesMax, connectionsMax: settings.receiverConnectionsMax }
  const http = new OutgoingHttp(limits, keystore, clock)
  const mailLimits = { bytesMax: settings.mailBytesMax, sendMsMax: settings.runTimeMaxMs }
  const mail = new OutgoingMailSender(mailLimits, keystore)
  store.changes.on('keystore', () => {
    http.keystoreChanged()
    mail.keystoreChanged()
  })
  const heavyWork = openHeavyWork()
  const cache = resolve(settings.cache || join(settings.data, 'cache'))
  const jvms = openJvms({
    cache,
    workers: settings.scriptWorkers,
    workersMax: settings.scriptWorkersMax,
    memoryMb: settings.scriptMemoryMaxMb,
    env: process.env,
    print: line => log.info({ line }, 'a script printed'),
  })
  const scriptLimits = { timeoutMs: settings.scriptTimeMaxMs, memoryMb: settings.scriptMemoryMaxMb }
  const scripts = openScripts({ limits: scriptLimits, jvms, cache })
  const stylesheets = openStylesheets({
    jvms,
    env: process.env,
    timeoutMs: settings.scriptTimeMaxMs,
    onMessage: (stylesheet, text) => log.debug({ stylesheet }, text),
  })
  const others = new DeployedArtifacts()
  const credentials = flowCredentials(store, http, clock)
  return {
    others,
    ports: enginePorts({
      store,
      clock,
      persistedMs: settings.messageStoreRetentionDays * 86_400_000,
      http,
      mail,
      credentials,
      heavyWork,
      keystore,
      partnerDirectory,
      scripts,
      stylesheets,
      valueMappings: others,
    }),
    async close() {
      http.close()
      mail.close()
      await Promise.all([heavyWork.close(), scripts.close(), jvms.close(), stylesheets.close()])
    },
  }
}
