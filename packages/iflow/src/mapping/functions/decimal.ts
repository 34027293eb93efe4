import type { Problem } from '../queue.ts'

/** A decimal number: `digits` · 10^-`scale`. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

const pattern = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*$/
const scaleMax = 1_000

/** Reads a number as Java writes it; a problem when the text is none. */
export function parseDecimal(text: string): Decimal | Problem {
  const match = pattern.exec(text)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? []
  if (match === null || whole + fraction === '') return { problem: `Expected a number, found "${text.slice(0, 40)}".` }
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`)
  const scale = fraction.length - Number(exponent)
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

/** Without zeros behind the last digit that counts: `30`, not `30.0` (documented for all arithmetic functions). */
export function decimalText({ digits, scale }: Decimal): string {
  const negative = digits < 0n
  const text = String(negative ? -digits : digits).padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  const fraction = text.slice(text.length - scale).replace(/0+$/, '')
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** The text of a computed number; a problem when there is none. */
export function numberText(value: number): string | Problem {
  if (!Number.isFinite(value)) return { problem: 'Expected a number as the result, found none.' }
  const decimal = parseDecimal(String(value))
  return 'problem' in decimal ? decimal : decimalText(decimal)
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { digits: at(a, scale) + at(b, scale), scale }
}

export function negate({ digits, scale }: Decimal): Decimal {
  return { digits: -digits, scale }
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale }
}

/** Below, at or above 0 as `a` is less than, equal to or greater than `b`. */
export function compare(a: Decimal, b: Decimal): number {
  const { digits } = add(a, negate(b))
  return digits === 0n ? 0 : digits < 0n ? -1 : 1
}

/** Rounded half to even, as `java.text.DecimalFormat` does. */
export function rounded(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { digits: at(value, scale), scale }
  const divisor = 10n ** BigInt(Math.min(value.scale - scale, scaleMax))
  const negative = value.digits < 0n
  const size = negative ? -value.digits : value.digits
  const whole = size / divisor
  const twice = (size % divisor) * 2n
  const up = twice > divisor || (twice === divisor && whole % 2n === 1n)
  const digits = up ? whole + 1n : whole
  return { digits: negative ? -digits : digits, scale }
}

function at({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale)
}
