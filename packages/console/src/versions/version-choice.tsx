import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { literal } from '../api/odata.ts'
import { usePaged } from '../components/use-paged.ts'
import { type DesignArtifact, type PackagedArtifact, setOf } from '../design/design-artifact.ts'

/** Two versions by their numbers; `active` is what is current. */
export interface Compared {
  readonly from: string
  readonly to: string
}

/** How a person calls a version. */
export function useVersionName(): (version: string) => string {
  const { t } = useTranslation()
  return version => (version === 'active' ? t('versions.current') : version)
}

export interface VersionChoiceProps {
  readonly artifact: PackagedArtifact
  readonly compared: Compared
  readonly onChange: (chosen: Partial<Compared>) => void
}

/** Chooses the two versions that are compared. */
export function VersionChoice({ artifact, compared, onChange }: VersionChoiceProps) {
  const { t } = useTranslation()
  const { rows } = usePaged<DesignArtifact>(
    setOf(artifact.kind),
    { filter: `Id eq ${literal(artifact.Id)}`, custom: { allVersions: 'true' } },
    undefined,
    1_000,
  )
  const numbers = rows.map(({ Version }) => Version).filter(version => version !== 'Active')
  const versions = [...new Set(['active', ...numbers, compared.from, compared.to])]
  return (
    <div className="fields">
      <Version
        label={t('versions.from')}
        versions={versions}
        value={compared.from}
        onChange={from => onChange({ from })}
      />
      <Version label={t('versions.to')} versions={versions} value={compared.to} onChange={to => onChange({ to })} />
    </div>
  )
}

interface VersionProps {
  readonly label: string
  readonly versions: readonly string[]
  readonly value: string
  readonly onChange: (version: string) => void
}

function Version({ label, versions, value, onChange }: VersionProps) {
  const id = useId()
  const nameOf = useVersionName()
  return (
    <div>
      <Label for={id}>{label}</Label>
      <Select id={id} value={value} onChange={({ target }) => onChange(target.value ?? '')}>
        {versions.map(version => (
          <Option key={version} value={version}>
            {nameOf(version)}
          </Option>
        ))}
      </Select>
    </div>
  )
}
