/** Length of a password in UTF-16 code units. */
export const passwordLength = { min: 8, max: 512 } as const

/** Different characters that a password must have. */
const differentMin = 5

/**
 * What is wrong with a password that a user is to have, as a sentence; undefined when nothing is. Length before variety, as
 * NIST SP 800-63B-4 §3.1.1 has it; no character classes.
 */
export function passwordProblem(password: string, user: { name: string; email: string }): string | undefined {
  const { length } = password
  const { min, max } = passwordLength
  if (length < min || length > max) {
    return `Expected "password" to have ${min} to ${max} characters, found ${length}.`
  }
  if (new Set(password).size < differentMin) {
    return `Expected "password" to have at least ${differentMin} different characters.`
  }
  const text = password.toLowerCase()
  const known = [user.name, user.email, user.email.split('@')[0] ?? ''].map(word => word.toLowerCase())
  if (known.includes(text)) return 'Expected "password" to be neither the name nor the e-mail address of the user.'
  if (isRun(text)) return 'Expected "password" to be no run of characters like 12345678 or abcdefgh.'
  return undefined
}

/** Whether each character follows the one before it, upwards or downwards, or on a keyboard. */
function isRun(text: string): boolean {
  const steps = new Set([...text].slice(1).map((character, index) => character.charCodeAt(0) - text.charCodeAt(index)))
  if (steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 9)) return true
  return ['1234567890', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm'].some(row => row.includes(text))
}
