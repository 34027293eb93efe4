import { X509Certificate } from 'node:crypto'
import { Agent, type AgentOptions } from 'node:https'
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls'
import { type Clock, Failure } from '@sluice/iflow'
import { pemOf } from '../keystore/pem.ts'
import type { KeystoreStore } from '../store/store.ts'
import { trustOf } from './trust.ts'

/** What is asked of the keystore. */
export type KeystoreSource = Pick<KeystoreStore, 'list' | 'keyPair'>

/**
 * Agents for TLS connections, one for each key pair that connections show and one for those that show none. Whom they trust:
 * `trustOf`.
 */
export class TlsAgents {
  readonly #options: AgentOptions
  readonly #keystore: KeystoreSource
  readonly #clock: Pick<Clock, 'now'>
  #agents = new Map<string | undefined, Promise<Agent>>()

  constructor(options: AgentOptions, keystore: KeystoreSource, clock: Pick<Clock, 'now'>) {
    this.#options = options
    this.#keystore = keystore
    this.#clock = clock
  }

  /**
   * `alias` is that of the key pair to show where the server asks for it; empty: the only one that is valid now. Rejects with
   * a `Failure` of code `credential` when there is no such key pair.
   */
  async agentFor(alias: string | undefined): Promise<Agent> {
    const name = alias === '' ? await this.#onlyValid() : alias?.toLowerCase()
    const known = this.#agents.get(name)
    if (known) return known
    const agent = this.#create(name)
    this.#agents.set(name, agent)
    // What could not be made is tried again by the next request.
    agent.catch(() => this.#agents.get(name) === agent && this.#agents.delete(name))
    return agent
  }

  /** The keystore has changed: requests from now on use what it holds now, those under way end as they began. */
  forget(): void {
    const agents = this.#agents
    this.#agents = new Map()
    for (const agent of agents.values()) void agent.then(retire, () => {})
  }

  /** Cuts what is still under way. */
  destroy(): void {
    for (const agent of this.#agents.values())
      void agent.then(
        made => made.destroy(),
        () => {},
      )
  }

  async #create(alias: string | undefined): Promise<Agent> {
    const trust = await trustOf(this.#keystore)
    const own = alias === undefined ? undefined : await this.#identity(alias)
    if (trust === undefined && own === undefined) return new Agent(this.#options)
    return new Agent({ ...this.#options, secureContext: contextOf({ ...own, ...trust }, alias) })
  }

  async #identity(alias: string): Promise<{ readonly key: string; readonly cert: string }> {
    const pair = await this.#keystore.keyPair(alias)
    if (!pair) {
      const message = `Expected a key pair "${alias}" in the keystore, found none: import or generate one under this alias.`
      throw new Failure(message, { code: 'credential' })
    }
    return {
      key: pemOf('PRIVATE KEY', pair.privateKey),
      cert: pair.certificates.map(der => pemOf('CERTIFICATE', der)).join(''),
    }
  }

  async #onlyValid(): Promise<string> {
    const now = this.#clock.now()
    const valid = (await this.#keystore.list()).filter(({ kind, certificates: [own] }) => {
      if (kind !== 'key-pair' || !own) return false
      const { validFromDate, validToDate } = new X509Certificate(own)
      return validFromDate.getTime() <= now && now <= validToDate.getTime()
    })
    const [only] = valid
    if (only && valid.length === 1) return only.alias.toLowerCase()
    const found = valid.length === 0 ? 'none' : valid.map(({ alias }) => `"${alias}"`).join(', ')
    const message = `Expected one key pair in the keystore that is valid, or the private key alias of one, found ${found}.`
    throw new Failure(message, { code: 'credential' })
  }
}

function contextOf(options: SecureContextOptions, alias: string | undefined): SecureContext {
  try {
    return createSecureContext(options)
  } catch (cause) {
    if (alias === undefined) throw cause
    // Keystores hold keys for signatures and SSH, too: OpenSSL does not take all of them for TLS.
    const found = cause instanceof Error ? cause.message : String(cause)
    throw new Failure(
      `Expected a key pair "${alias}" that is strong enough for TLS, found one that is not: ${found}.`,
      {
        code: 'credential',
        cause,
      },
    )
  }
}

/** Keeps no connection from now on. */
function retire(agent: Agent): void {
  Object.assign(agent, { keepAlive: false })
  for (const socket of Object.values(agent.freeSockets).flatMap(sockets => sockets ?? [])) socket.destroy()
}
