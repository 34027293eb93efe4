/** Where a browser is. */
export interface Place {
  readonly url: string
  readonly status: number
  readonly text: string
}

interface Cookie {
  readonly value: string
  readonly path: string
}

/** Somebody with a browser that goes from server to server, and keeps the cookies of each for the paths they are for. */
export class Wanderer {
  readonly #cookies = new Map<string, Map<string, Cookie>>()

  /** Where a request leads without following it: its status, and the address; empty when the browser stays. */
  async step(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Place & { readonly next: string }> {
    const response = await fetch(url, { headers: { cookie: this.cookiesFor(url), ...headers }, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.#keep(new URL(url).origin, line)
    const location = response.headers.get('location')
    const next = location === null ? '' : new URL(location, url).href
    return { url, status: response.status, text: await response.text(), next }
  }

  /** Opens a page, wherever it leads. Throws after ten redirections. */
  async open(url: string): Promise<Place> {
    let address = url
    for (let hops = 0; hops < 10; hops += 1) {
      const place = await this.step(address)
      if (place.next === '') return place
      address = place.next
    }
    throw new Error(`Expected an end of the redirections of ${url}`)
  }

  /** Follows redirections until one leads to an address that begins with `prefix`, and does not open that. */
  async openUntil(url: string, prefix: string): Promise<string> {
    let address = url
    while (!address.startsWith(prefix)) {
      const { next, text } = await this.step(address)
      if (next === '') throw new Error(`Expected to get to ${prefix}, stayed at ${address}: ${text}`)
      address = next
    }
    return address
  }

  /** The value of the `Cookie` header that the browser sends. */
  cookiesFor(url: string): string {
    const { origin, pathname } = new URL(url)
    const kept = [...(this.#cookies.get(origin) ?? [])]
    return kept
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
  }

  #keep(origin: string, line: string): void {
    const cookies = this.#cookies.get(origin) ?? new Map<string, Cookie>()
    this.#cookies.set(origin, cookies)
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const at = pair.indexOf('=')
    const name = pair.slice(0, at)
    const path = attributes.find(text => text.startsWith('Path='))?.slice(5) ?? '/'
    if (attributes.includes('Max-Age=0')) cookies.delete(name)
    else cookies.set(name, { value: pair.slice(at + 1), path })
  }
}
