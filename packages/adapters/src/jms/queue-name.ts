/** What is wrong with a name of a queue; undefined: nothing. The format's own texts have names with `-` and `.`, too. */
export function queueNameProblem(name: string): string | undefined {
  if (/^[\w.-]{1,80}$/.test(name)) return undefined
  return `Expected the name of a queue, of at most 80 letters, digits, "_", "-" and ".", found "${name}".`
}
