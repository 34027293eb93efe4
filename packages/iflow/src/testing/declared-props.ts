import { choicesOf, type Prop, type Props } from '../compile/props.ts'

/** What is wrong with how properties are declared for editors and the reference pages; nothing for ones as they should be. */
export function propProblems(props: Props): string[] {
  const labels = Object.entries(props).map(([, { label, tab }]) => `${tab} ${label}`)
  const doubles = labels.filter((label, index) => labels.indexOf(label) !== index)
  return [
    ...doubles.map(label => `label "${label}" is there twice`),
    ...Object.entries(props).flatMap(([key, prop]) =>
      problemsOf(key, prop, props).map(problem => `${key}: ${problem}`),
    ),
  ]
}

function problemsOf(key: string, prop: Prop<unknown>, props: Props): string[] {
  const { label, tab, doc, choices, columns, fresh, shownWhen, file } = prop
  const texts = [doc, ...meanings(choices), ...Object.values(columns ?? {}).map(column => column.doc)]
  const controlling = shownWhen && props[shownWhen.key]
  return [
    ...(label ? [] : ['no label']),
    ...(tab ? [] : ['no tab']),
    ...texts.filter(text => !/[.:)]$/.test(text)).map(text => `"${text}" is no sentence`),
    ...(fresh && 'problem' in prop.read(fresh) ? [`"${fresh}" of a fresh element is no value`] : []),
    ...(shownWhen && !controlling ? [`depends on "${shownWhen.key}", which is not there`] : []),
    ...(controlling ? shownWhen.values : []).flatMap(value =>
      controlling && 'problem' in controlling.read(value) ? [`depends on "${value}", which is no value`] : [],
    ),
    ...(file && !(key in file.values) ? ['a file that is chosen leaves it as it is'] : []),
  ]
}

function meanings(choices: Prop<unknown>['choices']): string[] {
  return choices ? choicesOf(choices).map(({ doc }) => doc) : []
}
