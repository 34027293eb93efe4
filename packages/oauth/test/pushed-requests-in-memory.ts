import type { PushedRequest, PushedRequestLimits, PushedRequestStore } from '../src/index.ts'

export class PushedRequestsInMemory implements PushedRequestStore {
  readonly #requests = new Map<string, PushedRequest & { readonly isOpened: boolean; readonly address: string }>()

  async insert(key: Uint8Array, request: PushedRequest, from: string, max: PushedRequestLimits): Promise<boolean> {
    const waiting = [...this.#requests.values()].filter(({ clientId }) => clientId === request.clientId)
    if (waiting.length >= max.perClient) return false
    if (waiting.filter(({ address }) => address === from).length >= max.perAddress) return false
    this.#requests.set(nameOf(key), { ...request, isOpened: false, address: from })
    return true
  }

  async find(key: Uint8Array, now: number) {
    const found = this.#requests.get(nameOf(key))
    return found && now < found.expiresAt ? found : undefined
  }

  async open(key: Uint8Array, until: number): Promise<void> {
    const found = this.#requests.get(nameOf(key))
    if (found && !found.isOpened) this.#requests.set(nameOf(key), { ...found, isOpened: true, expiresAt: until })
  }

  async take(key: Uint8Array): Promise<boolean> {
    return this.#requests.delete(nameOf(key))
  }
}

function nameOf(key: Uint8Array): string {
  return Buffer.from(key).toString('hex')
}
