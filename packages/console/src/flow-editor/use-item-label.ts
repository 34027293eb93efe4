import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { PaletteItem } from './palette-items.ts'

/** What an item of the palette is called. */
export function useItemLabel(): (item: PaletteItem) => string {
  const { t } = useTranslation()
  return useCallback(
    ({ label, makes }) => label ?? ('container' in makes ? t(`flowEditor.containers.${makes.container}`) : ''),
    [t],
  )
}
