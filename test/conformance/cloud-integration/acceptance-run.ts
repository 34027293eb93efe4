import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HttpDestination } from '@sap-cloud-sdk/connectivity'
import { type AcceptanceTenant, startAcceptanceTenant } from './acceptance-tenant.ts'
import { Cig } from './clients/cig.ts'
import { type CloudSdk, generateCloudSdk } from './clients/cloud-sdk.ts'
import { type Contiva, openContiva } from './clients/contiva.ts'
import { CpiHelper } from './clients/cpi-helper.ts'
import { CpiLint } from './clients/cpilint.ts'
import { Figaf } from './clients/figaf.ts'
import { FlashPipe } from './clients/flashpipe.ts'
import { Jenkinsfile } from './clients/jenkinsfile.ts'
import { ODataMcpProxy } from './clients/odata-mcp-proxy.ts'
import { accessToken, Piper } from './clients/piper.ts'
import { Postman } from './clients/postman.ts'

/** One tenant and every client of it; what one step has learnt, the next ones use. */
export class AcceptanceRun {
  tenant!: AcceptanceTenant
  cig!: Cig
  contiva!: Contiva
  cpiHelper!: CpiHelper
  cpiLint!: CpiLint
  figaf!: Figaf
  flashPipe!: FlashPipe
  jenkinsfile!: Jenkinsfile
  piper!: Piper
  postman!: Postman
  proxy!: ODataMcpProxy
  /** Where the SAP Cloud SDK finds the tenant. */
  destination!: HttpDestination
  /** The address of `AccFlow`, as the tenant says it. */
  endpoint = ''
  /** Of the message that `AccFlow` has confirmed, and of the one that it has refused. */
  confirmed = ''
  refused = ''
  #sdk: Promise<CloudSdk> | undefined
  #folder = ''

  async start(): Promise<void> {
    const tenant = await startAcceptanceTenant()
    this.tenant = tenant
    this.#folder = await mkdtemp(join(tmpdir(), 'sluice-cloud-sdk-'))
    this.cig = new Cig(tenant)
    this.contiva = openContiva(tenant)
    this.cpiHelper = new CpiHelper(tenant)
    this.cpiLint = new CpiLint(tenant)
    this.figaf = new Figaf(tenant)
    this.flashPipe = new FlashPipe(tenant)
    this.jenkinsfile = new Jenkinsfile(tenant)
    this.piper = new Piper(tenant)
    this.postman = new Postman(tenant)
    this.proxy = new ODataMcpProxy(tenant, this.#folder)
    const token = accessToken(await this.flashPipe.tokenByForm())
    this.destination = {
      url: tenant.url,
      authentication: 'NoAuthentication',
      headers: { Authorization: `Bearer ${token}` },
    }
    await this.proxy.start()
  }

  /** The client that was generated from the tenant's metadata; the first call generates it. */
  sdk(): Promise<CloudSdk> {
    this.#sdk ??= this.postman.getAnything('/api/v1/$metadata').then(({ text }) => generateCloudSdk(text, this.#folder))
    return this.#sdk
  }

  async close(): Promise<void> {
    await this.proxy?.close()
    await this.tenant?.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}
