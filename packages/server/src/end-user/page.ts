import { type Html, html } from './html.ts'
import type { Texts } from './texts.ts'

/** Where the style sheet of the pages is. */
export const stylePath = '/oauth2/pages.css'

/** A whole page of the authorization server: a card in the middle, without scripts. */
export function page({ language }: Pick<Texts, 'language'>, title: string, content: Html): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Sluice</title>
<link rel="icon" href="/console/icon.svg">
<link rel="stylesheet" href="${stylePath}">
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`.text
}
