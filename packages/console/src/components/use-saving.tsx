import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Problems } from './field-problems.ts'
import { useRefusal } from './use-refusal.tsx'

export interface SavingOptions<Field extends string, Saved> {
  /** The fields that something can be wrong with, and their labels. */
  readonly fields: Readonly<Record<Field, string>>
  /** Which field a whole refusal is about, by its code. */
  readonly codes: Readonly<Record<string, Field>>
  /** What is wrong with fields before they are sent. */
  readonly check: () => Problems<Field>
  readonly send: () => Promise<Saved>
  readonly onSaved: (saved: Saved) => unknown
}

/** Saves a form, and says at which field something is wrong: found here before it is sent, or by the server. */
export function useSaving<Field extends string, Saved>(options: SavingOptions<Field, Saved>) {
  const { fields, codes, check, send, onSaved } = options
  const [found, setFound] = useState<Problems<Field>>()
  const saving = useMutation({ mutationFn: send, onSuccess: onSaved })
  const refused = useRefusal(saving.error, fields, codes)
  const problems: Problems<Field> = { ...refused.fields, ...found }
  return {
    problems,
    /** What is wrong with no field in particular. */
    general: refused.general,
    isSaving: saving.isPending,
    /** Another one after each time that something was wrong. */
    attempt: saving.error ?? found,
    save: () => {
      saving.reset()
      const wrong = check()
      const isWrong = Object.keys(wrong).length > 0
      setFound(isWrong ? wrong : undefined)
      if (!isWrong) saving.mutate()
    },
  }
}
