/** Texts by place and name, at any depth. */
export interface Texts {
  readonly [key: string]: string | Texts
}

/** The same keys as another language's, with texts of one's own. */
export type Translation<Original> = {
  readonly [Key in keyof Original]: Original[Key] extends string ? string : Translation<Original[Key]>
}
