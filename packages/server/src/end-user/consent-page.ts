import type { ApplicationScope, AuthorizationRequest, Digests } from '@sluice/oauth'
import { clientIn } from './client-text.ts'
import { type Html, html } from './html.ts'
import { type Frame, page } from './page.ts'
import { fill, type Texts } from './texts.ts'

/** Who is asked, and whether the client was changed while they read. */
export interface Asked {
  readonly user: string
  readonly csrfToken: string
  /** Of `consentKey`. */
  readonly key: string
  readonly hasChanged?: boolean
}

/**
 * What an answer is to: everything about the client and its request that the page shows, and where the answer goes. A form
 * brings it back, so that nobody agrees to something else than what they read.
 */
export function consentKey({ client, redirectUri, scopes }: AuthorizationRequest, digests: Digests): string {
  const { id, name, description, translations, subscription } = client
  const shown = JSON.stringify([id, name, description, translations, subscription, redirectUri, scopes])
  return Buffer.from(digests.sha256(shown)).toString('hex')
}

/** Asks a user whether a client may act in their name (documented: "Authorize Client"). */
export function consentPage(
  frame: Frame,
  { client: registered, scopes }: AuthorizationRequest,
  { user, csrfToken, key, hasChanged }: Asked,
): string {
  const { texts } = frame
  const client = clientIn(registered, texts)
  const names = { client: client.name, application: client.subscription, user }
  return page(
    frame,
    texts.authorizeClient,
    html`${hasChanged === true && html`<p class="problem" role="alert">${texts.changedMeanwhile}</p>`}
<p>${fill(texts.mayAccess, names)}</p>
${client.description !== '' && html`<p class="note">${client.description}</p>`}
${scopes.length === 0 ? html`<p>${fill(texts.onlyIdentify, names)}</p>` : scopeList(texts, scopes, names)}
<form method="post">
<input type="hidden" name="csrf_token" value="${csrfToken}"><input type="hidden" name="shown" value="${key}">
<div class="actions">
<button name="decision" value="deny">${texts.cancel}</button>
<button class="primary" name="decision" value="allow">${texts.authorize}</button>
</div>
<p class="note">${fill(texts.signedInAs, names)}
<button class="link" name="decision" value="sign-out">${texts.otherUser}</button></p>
</form>`,
  )
}

function scopeList(texts: Texts, scopes: readonly ApplicationScope[], names: Readonly<Record<string, string>>): Html {
  return html`<p>${fill(texts.willBeAble, names)}</p>
<ul>${scopes.map(scope => html`<li>${describeScope(scope, texts)}</li>`)}</ul>`
}

/** What a scope allows, in the language of the page where it was translated. */
export function describeScope({ description, translations }: ApplicationScope, { language }: Texts): string {
  return translations[language] ?? description
}
