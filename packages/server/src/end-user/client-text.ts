import type { Client } from '@sluice/oauth'
import type { Texts } from './texts.ts'

/** A client with its name and description in the language of the page, where they were translated. */
export function clientIn(client: Client, { language }: Texts): Client {
  return { ...client, ...client.translations[language] }
}
