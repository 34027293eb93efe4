import { useTranslation } from 'react-i18next'
import type { Line } from './message-changes.ts'

export interface ChangedLinesProps {
  readonly lines: readonly Line[]
  /** What the text is. */
  readonly label: string
}

/** A text in which the lines that differ from another are marked. */
export function ChangedLines({ lines, label }: ChangedLinesProps) {
  const { t } = useTranslation()
  const isEmpty = lines.every(({ text }) => text === '')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard (WCAG 2.1.1).
    <section className="content" aria-label={label} tabIndex={0}>
      {isEmpty
        ? t('common.emptyText')
        : lines.map(({ text, isChanged }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and do not move.
            <span key={index}>
              {isChanged ? <mark>{text}</mark> : text}
              {'\n'}
            </span>
          ))}
    </section>
  )
}
