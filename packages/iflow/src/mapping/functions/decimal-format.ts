import { type Decimal, multiply, rounded } from './decimal.ts'

/** Writes numbers as `java.text.DecimalFormat` does for a pattern such as `#,##0.00`. */
export type FormatNumber = (value: Decimal) => string

interface Shape {
  readonly prefix: string
  readonly suffix: string
  readonly wholeMin: number
  readonly fractionMin: number
  readonly fractionMax: number
  /** Digits between group separators; 0: none. */
  readonly group: number
  readonly factor: bigint
}

/**
 * Compiles a pattern of `0`, `#`, `,`, `.`, `%`, `‰` and text around them, with a second part behind `;` for negative
 * numbers. Exponents are not supported. `separator` stands before the fraction; groups get the other one of `.` and `,`.
 */
export function compileDecimalFormat(
  pattern: string,
  separator: string,
): { readonly format: FormatNumber } | { readonly problem: string } {
  const [positive = '', negative] = pattern.split(';')
  const shape = shapeOf(positive)
  if (shape === undefined) return { problem: `Expected a number pattern such as #,##0.00, found "${pattern}".` }
  const below = negative === undefined ? undefined : shapeOf(negative)
  const grouping = separator === ',' ? '.' : ','
  return {
    format: value => {
      const scaled = rounded(multiply(value, { digits: shape.factor, scale: 0 }), shape.fractionMax)
      const isNegative = scaled.digits < 0n
      const text = digitsOf(scaled, shape, separator || '.', grouping)
      if (!isNegative) return `${shape.prefix}${text}${shape.suffix}`
      if (below !== undefined) return `${below.prefix}${text}${below.suffix}`
      return `-${shape.prefix}${text}${shape.suffix}`
    },
  }
}

function shapeOf(pattern: string): Shape | undefined {
  const match = /^((?:[^#0,.']|'[^']*')*)([#,]*[0,]*)(?:\.(0*)(#*))?((?:[^#0,.']|'[^']*')*)$/.exec(pattern)
  if (match === null) return undefined
  const [, prefix = '', whole = '', fraction = '', optional = '', suffix = ''] = match
  const comma = whole.lastIndexOf(',')
  const around = prefix + suffix
  return {
    prefix: prefix.replaceAll("'", ''),
    suffix: suffix.replaceAll("'", ''),
    wholeMin: whole.replace(/[^0]/g, '').length,
    fractionMin: fraction.length,
    fractionMax: fraction.length + optional.length,
    group: comma < 0 ? 0 : whole.length - comma - 1,
    factor: around.includes('%') ? 100n : around.includes('‰') ? 1_000n : 1n,
  }
}

function digitsOf({ digits, scale }: Decimal, shape: Shape, separator: string, grouping: string): string {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0')
  const wholeText = text.slice(0, text.length - scale)
  const whole = (wholeText === '0' ? '' : wholeText).padStart(shape.wholeMin, '0')
  let fraction = text.slice(text.length - scale).replace(/0+$/, '')
  fraction = fraction.padEnd(shape.fractionMin, '0')
  const grouped = shape.group === 0 ? whole : inGroups(whole, shape.group, grouping)
  if (grouped === '' && fraction === '') return '0'
  return fraction === '' ? grouped : `${grouped}${separator}${fraction}`
}

function inGroups(digits: string, size: number, grouping: string): string {
  const groups: string[] = []
  for (let end = digits.length; end > 0; end -= size) groups.unshift(digits.slice(Math.max(0, end - size), end))
  return groups.join(grouping)
}
