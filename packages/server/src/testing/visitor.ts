import assert from 'node:assert/strict'

/** A page, or where the browser was sent. */
export interface Visit {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Empty when the browser stays. */
  readonly location: string
}

/** Somebody with a browser that keeps its cookie, shows forms, and does not leave the server. */
export class Visitor {
  readonly #url: string
  #cookie = ''

  constructor(url: string) {
    this.#url = url
  }

  /** What the browser would send as `Cookie`. */
  get cookie(): string {
    return this.#cookie
  }

  open(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Visit> {
    return this.#request(path, { headers })
  }

  /** Sends a form as the page at `path` does. */
  send(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Visit> {
    const origin = { origin: this.#url, 'sec-fetch-site': 'same-origin' }
    return this.#request(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { ...origin, ...headers },
    })
  }

  /** Signs in on the page at `path` and opens it again. */
  async signIn(path: string, { user, password }: { user: string; password: string }): Promise<Visit> {
    const answer = await this.send(path, { user, password })
    assert.deepEqual([answer.status, answer.location], [303, path], answer.text)
    return this.open(path)
  }

  async #request(path: string, init: RequestInit): Promise<Visit> {
    const headers = { ...(this.#cookie !== '' && { cookie: this.#cookie }), ...init.headers }
    const response = await fetch(new URL(path, this.#url), { ...init, headers, redirect: 'manual' })
    const cookie = response.headers.get('set-cookie')
    if (cookie !== null) this.#cookie = cookie.includes('Max-Age=0') ? '' : (cookie.split(';')[0] ?? '')
    const location = response.headers.get('location') ?? ''
    return { status: response.status, headers: response.headers, text: await response.text(), location }
  }
}

/** The CSRF token of the form on a page. */
export function csrfTokenOf({ text }: Visit): string {
  return /name="csrf_token" value="([0-9A-F]{32})"/.exec(text)?.[1] ?? assert.fail(`no form with a token: ${text}`)
}

/** The form of a consent page as its user sends it who agrees. */
export function agreementTo(page: Visit): { csrf_token: string; shown: string; decision: 'allow' } {
  const shown =
    /name="shown" value="([0-9a-f]{64})"/.exec(page.text)?.[1] ?? assert.fail(`no consent page: ${page.text}`)
  return { csrf_token: csrfTokenOf(page), shown, decision: 'allow' }
}
