const forms: Readonly<Record<string, RegExp>> = {
  'xsd:integer': /^[+-]?\d+$/,
  'xsd:int': /^[+-]?\d+$/,
  'xsd:long': /^[+-]?\d+$/,
  'xsd:boolean': /^(true|false|0|1)$/,
}

/** Whether a value does not fit the type of its parameter. Empty values fit all; what a type that is not known has is for the server. */
export function parameterProblem(dataType: string, value: string): boolean {
  const form = forms[dataType]
  return value !== '' && form !== undefined && !form.test(value)
}
