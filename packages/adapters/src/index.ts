/** Adapters: how messages get into flows and out of them. Pure, like the engine: the host listens and connects. */

import type { Adapter } from '@sluice/iflow'
import { http } from './http/http.ts'
import { https } from './https/https.ts'
import { jms } from './jms/jms.ts'
import { mail } from './mail/mail.ts'
import { processDirect } from './process-direct/process-direct.ts'

/** Every adapter, sorted by the name of its declaration. */
export const adapters: readonly Adapter[] = [http, https, jms, mail, processDirect]
