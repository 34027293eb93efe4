import { homedir } from 'node:os'
import type { HeavyWork, HttpClient, MailSender, Scripts, Stylesheets } from '@sluice/iflow'
import { settingDeclarations } from '../../config/settings.ts'
import { openHeavyWork } from '../../runtime/heavy-work.ts'
import { OutgoingHttp } from '../../runtime/http-client.ts'
import { OutgoingMailSender } from '../../runtime/mail-sender.ts'
import { openJvms } from '../../scripting/jvm/open-jvms.ts'
import { openScripts } from '../../scripting/scripts.ts'
import { openStylesheets } from '../../scripting/xslt/stylesheets.ts'
import { userCache } from './user-cache.ts'

/** What runs without a server share, whatever their world holds. `close` ends it. */
export interface LocalHosts {
  readonly heavyWork: HeavyWork
  /** The network. */
  readonly http: HttpClient
  readonly mail: MailSender
  readonly scripts: Scripts
  readonly stylesheets: Stylesheets
  close(): Promise<void>
}

const noKeystore = { list: async () => [], keyPair: async () => undefined }

/**
 * With the limits that a server has by default. `print`: told what scripts and stylesheets print, a line at a time, in the
 * asynchronous context of the message; by default it goes to standard error.
 */
export function openHosts(print = (line: string) => void process.stderr.write(`${line}\n`)): LocalHosts {
  const heavyWork = openHeavyWork()
  const cache = process.env.SLUICE_CACHE || userCache(process.env, homedir())
  const jvms = openJvms({
    cache,
    workers: settingDeclarations.scriptWorkers.default,
    workersMax: settingDeclarations.scriptWorkersMax.default,
    memoryMb: settingDeclarations.scriptMemoryMaxMb.default,
    env: process.env,
    print,
  })
  const scripts = openScripts({
    limits: {
      timeoutMs: settingDeclarations.scriptTimeMaxMs.default,
      memoryMb: settingDeclarations.scriptMemoryMaxMb.default,
    },
    jvms,
    cache,
  })
  const stylesheets = openStylesheets({
    jvms,
    env: process.env,
    timeoutMs: settingDeclarations.scriptTimeMaxMs.default,
    onMessage: (file, text) => print(`${file}: ${text}`),
  })
  const limits = {
    bodyBytesMax: settingDeclarations.receiverBodyBytesMax.default,
    connectionsMax: settingDeclarations.receiverConnectionsMax.default,
  }
  const http = new OutgoingHttp(limits, noKeystore, { now: () => Date.now() })
  const mailLimits = {
    bytesMax: settingDeclarations.mailBytesMax.default,
    sendMsMax: settingDeclarations.runTimeMaxMs.default,
  }
  const mail = new OutgoingMailSender(mailLimits, noKeystore)
  return {
    heavyWork,
    http,
    mail,
    scripts,
    stylesheets,
    async close() {
      http.close()
      mail.close()
      await Promise.all([heavyWork.close(), scripts.close(), jvms.close(), stylesheets.close()])
    },
  }
}
