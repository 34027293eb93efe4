import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** A connection of the listener, with Node's own name for the answer that is sent next on it; Node's handler of broken requests looks at it, too. */
export type Connection = Duplex & { readonly _httpMessage?: ServerResponse | null }
