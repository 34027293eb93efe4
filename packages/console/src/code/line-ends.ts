/**
 * The line ends that an editor has to know so that it gives a text back byte for byte where it was not edited: CRLF where
 * there is nothing else. Elsewhere LF, and a CR is a character of its line.
 */
export function lineEndsOf(text: string): '\n' | '\r\n' {
  return /\r\n/.test(text) && !/\r(?!\n)|(?<!\r)\n/.test(text) ? '\r\n' : '\n'
}
