/**
 * Every global outside ECMAScript that this package may use. The list is the package's powers:
 * text encoding, compression, and nothing that reaches the machine. It is compiled without `dom` and `node` types.
 */

declare class TextEncoder {
  encode(input?: string): Uint8Array
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array, options?: { stream?: boolean }): string
}

interface ByteWriter {
  write(chunk: Uint8Array): Promise<void>
  close(): Promise<void>
}

interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>
  cancel(): Promise<void>
}

declare class CompressionStream {
  constructor(format: 'gzip' | 'deflate-raw')
  readonly writable: { getWriter(): ByteWriter }
  readonly readable: { getReader(): ByteReader }
}

declare class DecompressionStream {
  constructor(format: 'gzip' | 'deflate-raw')
  readonly writable: { getWriter(): ByteWriter }
  readonly readable: { getReader(): ByteReader }
}
