import { decode, encode } from '@sluice/iflow/charset'
import type { Content, ScriptCall } from './script-call.ts'

/** What the sandbox asks of its host, by name: all that needs the message's content or is slow in QuickJS. Bytes are Latin-1. */
export function hostFunctions(call: () => ScriptCall) {
  return {
    hasBody: () => call().content.raw !== null,
    bodyText: () => textOf(call().content),
    bodyBytes: () => {
      const { raw, charset } = call().content
      return latin1Of(typeof raw === 'string' ? encode(raw, charset) : (raw ?? new Uint8Array(0)))
    },
    attachmentText: (index: number) => {
      const attachment = call().attachments[index]
      return attachment ? textOf(attachment.content) : null
    },
    decode: (latin1: string, charset: string) => decode(Buffer.from(latin1, 'latin1'), charset),
    encode: (text: string, charset: string) => latin1Of(encode(text, charset)),
    base64: (latin1: string, isUrl: boolean) => Buffer.from(latin1, 'latin1').toString(isUrl ? 'base64url' : 'base64'),
    unbase64: (text: string) => Buffer.from(text, 'base64').toString('latin1'),
    random: () => Math.random(),
  }
}

function textOf({ raw, charset }: Content): string {
  return raw instanceof Uint8Array ? decode(raw, charset) : (raw ?? '')
}

function latin1Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
