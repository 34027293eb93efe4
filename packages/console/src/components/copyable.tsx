import { CopyButton } from './copy-button.tsx'

/** A value to copy: an ID, a URL, a secret. `of` names it for people who do not see it. */
export function Copyable({ text, of }: { readonly text: string; readonly of: string }) {
  return (
    <>
      <span className="code">{text}</span>
      <CopyButton text={text} of={of} />
    </>
  )
}

/** Lines to copy, under their name. */
export function CopyableLines({ text, of }: { readonly text: string; readonly of: string }) {
  return (
    <figure className="lines">
      <figcaption>{of}</figcaption>
      <div className="field-line">
        <pre className="code-block">{text}</pre>
        <CopyButton text={text} of={of} />
      </div>
    </figure>
  )
}
