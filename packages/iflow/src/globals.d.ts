/**
 * Every global outside ECMAScript that this package may use. The list is the package's powers:
 * text encoding and nothing that reaches the machine. It is compiled without `dom` and `node` types.
 */

declare class TextEncoder {
  encode(input?: string): Uint8Array
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array): string
}
