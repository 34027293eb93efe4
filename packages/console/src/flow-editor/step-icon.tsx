import { iconOf } from './step-icons.ts'

/** The icon of a step, beside its name. */
export function StepIcon({ variant }: { readonly variant: string }) {
  const { lines, filled, text, tone } = iconOf(variant)
  return (
    <svg className={`flow-icon flow-tone-${tone}`} viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">
      {lines.map(line => {
        const { d, x, y } = typeof line === 'string' ? { d: line, x: 0, y: 0 } : line
        return <path key={`${x} ${y} ${d}`} d={d} transform={`translate(${x} ${y})`} />
      })}
      {filled !== undefined && <path d={filled} className="flow-icon-filled" />}
      {text !== undefined && (
        <text x="12" y="12.5" textAnchor="middle" className="flow-icon-text">
          {text}
        </text>
      )}
    </svg>
  )
}
