/** The first that fits. Throws where there is none: a mistake of the template called `name`. */
export function found<T>(list: readonly T[], fits: (candidate: T) => boolean, name: string): T {
  const match = list.find(fits)
  if (match === undefined) throw new Error(`Expected "${name}" of the template to be there`)
  return match
}
