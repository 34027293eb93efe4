import type { FastifyReply, FastifyRequest } from 'fastify'
import { contentSecurityPolicy } from '../http/app.ts'
import type { BrandingRow } from '../store/store.ts'
import { type Html, html } from './html.ts'
import type { EndUserOptions } from './options.ts'
import { type Texts, textsFor } from './texts.ts'

/** Where the style sheet of the pages is. */
export const stylePath = '/oauth2/pages.css'

/** What is around every page: language and branding. */
export interface Frame {
  readonly texts: Texts
  readonly branding: BrandingRow | undefined
}

export async function frameOf(
  { headers }: FastifyRequest,
  { branding }: Pick<EndUserOptions, 'branding'>,
): Promise<Frame> {
  return { texts: textsFor(headers['accept-language']), branding: await branding.find() }
}

/** A whole page of the authorization server: a card in the middle, without scripts. */
export function page({ texts, branding }: Frame, title: string, content: Html, size?: 'wide'): string {
  const version = String(branding?.modifiedAt ?? 0)
  return html`<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Sluice</title>
<link rel="icon" href="/console/icon.svg">
<link rel="stylesheet" href="${stylePath}?changed=${version}">
</head>
<body>
<main class="${size}">
${branding?.logoType !== undefined && html`<img class="logo" alt="" src="/oauth2/api/v1/branding/logo?changed=${version}">`}
<h1>${title}</h1>
${content}
</main>
${footer(texts, branding)}
</body>
</html>
`.text
}

function footer(texts: Texts, branding: BrandingRow | undefined): Html | false {
  const links = Object.entries(branding?.theme.links ?? {})
  if (links.length === 0) return false
  return html`<footer>${links.map(
    ([name, address]) => html`<a href="${address}">${texts.links[name as keyof Texts['links']]}</a>`,
  )}</footer>`
}

/**
 * Answers with a page. `formTargets`: where its forms may lead beside this server; browsers look at the redirections that
 * answer a form, too.
 */
export function sendPage(reply: FastifyReply, text: string, formTargets: readonly string[] = []): FastifyReply {
  return (
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', contentSecurityPolicy(formTargets))
      // With no-referrer browsers send `Origin: null` with forms, and nothing would tell them from those of other sites.
      .header('referrer-policy', 'same-origin')
      .send(text)
  )
}

/** Answers with a page about why nothing was done. */
export function sendProblem(reply: FastifyReply, frame: Frame, problem: keyof Texts['problems']): FastifyReply {
  const { texts } = frame
  const content = html`<p class="problem" role="alert">${texts.problems[problem]}</p>`
  return sendPage(reply.code(problem === 'foreign-form' ? 403 : 400), page(frame, texts.cannotAuthorize, content))
}
