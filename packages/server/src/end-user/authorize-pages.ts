import type { ApplicationScope, AuthorizationRequest } from '@sluice/oauth'
import { type Html, html } from './html.ts'
import { page } from './page.ts'
import { fill, type Texts } from './texts.ts'

/** The sign-in page in front of an authorization request. `problem`: why the last try failed. */
export function signInPage(
  texts: Texts,
  { client }: AuthorizationRequest,
  failed?: { readonly user: string; readonly problem: string },
): string {
  return page(
    texts,
    texts.signIn,
    html`${failed && html`<p class="problem" role="alert">${failed.problem}</p>`}
<p>${fill(texts.signInTo, { client: client.name })}</p>
<form method="post">
<label for="user">${texts.user}</label>
<input id="user" name="user" value="${failed?.user ?? ''}" autocomplete="username" required maxlength="255" autofocus>
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="512">
<div class="actions"><button class="primary">${texts.signIn}</button></div>
</form>`,
  )
}

/** Asks a user whether a client may act in their name (documented: "Authorize Client"). */
export function consentPage(
  texts: Texts,
  { client, scopes }: AuthorizationRequest,
  { user, csrfToken }: { readonly user: string; readonly csrfToken: string },
): string {
  const names = { client: client.name, application: client.subscription, user }
  return page(
    texts,
    texts.authorizeClient,
    html`<p>${fill(texts.mayAccess, names)}</p>
${client.description !== '' && html`<p class="note">${client.description}</p>`}
${scopes.length === 0 ? html`<p>${fill(texts.onlyIdentify, names)}</p>` : scopeList(texts, scopes, names)}
<form method="post">
<input type="hidden" name="csrf_token" value="${csrfToken}">
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
  const descriptions = scopes.map(({ description, translations }) => translations[texts.language] ?? description)
  return html`<p>${fill(texts.willBeAble, names)}</p>
<ul>${descriptions.map(description => html`<li>${description}</li>`)}</ul>`
}

/** Tells a user why a request goes no further. */
export function problemPage(texts: Texts, problem: keyof Texts['problems']): string {
  return page(texts, texts.cannotAuthorize, html`<p class="problem" role="alert">${texts.problems[problem]}</p>`)
}
