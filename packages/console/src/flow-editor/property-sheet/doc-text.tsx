/** What the registry says of something: between `…` stands what is code. */
export function DocText({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) => {
    // Parts have no identity but their place.
    const key = `${index}-${part}`
    return index % 2 === 1 ? <code key={key}>{part}</code> : <span key={key}>{part}</span>
  })
}
