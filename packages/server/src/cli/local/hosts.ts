import type { HeavyWork, HttpClient } from '@sluice/iflow'
import { settingDeclarations } from '../../config/settings.ts'
import { openHeavyWork } from '../../runtime/heavy-work.ts'
import { OutgoingHttp } from '../../runtime/http-client.ts'

/** What runs without a server share, whatever their world holds. `close` ends it. */
export interface LocalHosts {
  readonly heavyWork: HeavyWork
  /** The network. */
  readonly http: HttpClient
  close(): Promise<void>
}

/** With the limits that a server has by default. */
export function openHosts(): LocalHosts {
  const heavyWork = openHeavyWork()
  const http = new OutgoingHttp({
    bodyBytesMax: settingDeclarations.receiverBodyBytesMax.default,
    connectionsMax: settingDeclarations.receiverConnectionsMax.default,
  })
  return {
    heavyWork,
    http,
    async close() {
      http.close()
      await heavyWork.close()
    },
  }
}
