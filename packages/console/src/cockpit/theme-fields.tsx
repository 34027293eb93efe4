import { Label } from '@ui5/webcomponents-react/Label'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { contrast, contrastMin } from '../components/contrast.ts'
import { TextField } from '../components/text-field.tsx'
import { type BrandingDraft, isColor } from './branding-draft.ts'

export interface ThemeFieldsProps {
  readonly draft: BrandingDraft
  readonly onChange: (draft: BrandingDraft) => void
}

const themes = ['default', 'custom'] as const
const names = ['background', 'button', 'buttonText'] as const

/** The theme and, where it is a custom one, its colours. */
export function ThemeFields({ draft, onChange }: ThemeFieldsProps) {
  const { t } = useTranslation()
  const id = useId()
  const { theme, colors } = draft
  return (
    <>
      <div>
        <Label for={id}>{t('cockpit.branding.theme')}</Label>
        <Select
          id={id}
          value={theme}
          onChange={({ target }) =>
            onChange({ ...draft, theme: themes.find(name => name === target.value) ?? 'default' })
          }
        >
          {themes.map(name => (
            <Option key={name} value={name}>
              {t(`cockpit.branding.themes.${name}`)}
            </Option>
          ))}
        </Select>
      </div>
      {theme === 'custom' &&
        names.map(name => (
          <ColorField
            key={name}
            label={t(`cockpit.branding.${name}`)}
            value={colors[name]}
            onChange={value => onChange({ ...draft, colors: { ...colors, [name]: value } })}
          />
        ))}
      {theme === 'custom' && <ContrastWarning button={colors.button} text={colors.buttonText} />}
    </>
  )
}

interface ColorFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function ColorField({ label, value, onChange }: ColorFieldProps) {
  const { t } = useTranslation()
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      problem={isColor(value) ? undefined : t('cockpit.branding.noColor')}
    >
      <input
        type="color"
        className="native-color"
        aria-label={t('cockpit.branding.pick', { name: label })}
        value={isColor(value) ? value.toLowerCase() : '#000000'}
        onChange={({ target }) => onChange(target.value.toUpperCase())}
      />
    </TextField>
  )
}

function ContrastWarning({ button, text }: { readonly button: string; readonly text: string }) {
  const { t, i18n } = useTranslation()
  const found = isColor(button) && isColor(text) ? contrast(button, text) : contrastMin
  if (found >= contrastMin) return null
  const shown = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(Math.floor(found * 10) / 10)
  return (
    <MessageStrip design="Critical" hideCloseButton role="status">
      {t('cockpit.branding.contrast', { contrast: shown })}
    </MessageStrip>
  )
}
