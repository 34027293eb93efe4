import { scriptCache, withoutGroovy } from '../src/scripting/testing/script-tenant.ts'
import { type BadMessages, describeBadMessages } from './bad-messages.ts'

type Scripts = Readonly<Record<string, readonly [body: string, cause: RegExp]>>

const env = {
  SLUICE_SCRIPT_TIME_MAX_MS: '2000',
  SLUICE_SCRIPT_MEMORY_MAX_MB: '64',
  SLUICE_SCRIPT_WORKERS: '1',
  SLUICE_CACHE: scriptCache,
}

function flowsOf(
  step: string,
  file: string,
  scripts: Scripts,
  textOf: (body: string) => string,
  skip: string | false = false,
): BadMessages[] {
  return Object.entries(scripts).map(([name, [body, cause]]) => ({
    name: `${file} ${name}`,
    skip,
    steps: [{ id: 'Bad', type: step, properties: { script: file } }],
    resources: { [`script/${file}`]: textOf(body) },
    inputs: [{ name: 'a message', cause }],
  }))
}

const groovy: Scripts = {
  'loops for ever': ['while (true) {}', /Main\.groovy:3/],
  'allocates without end': ['def kept = []; while (true) kept << new byte[1 << 20]', /Main\.groovy/],
  'calls itself without end': ['processData(message)', /StackOverflowError/],
  'calls System.exit': ['System.exit(3)', /Main\.groovy/],
  'throws an Error': ['throw new Error("no")', /java\.lang\.Error: no \(script\/Main\.groovy:3\)/],
  'throws an exception': ['throw new IllegalStateException("no")', /IllegalStateException: no/],
}

const javaScript: Scripts = {
  'loops for ever': ['for (;;) {}', /Main\.js/],
  'allocates without end': ['var kept = []; for (;;) kept.push(new Array(100000).join("x") + kept.length)', /Main\.js/],
  'calls itself without end': ['return processData(message)', /Main\.js/],
  'calls System.exit': ['java.lang.System.exit(3)', /Main\.js/],
  'throws an Error': ['throw new Error("no")', /Error: no/],
  'throws nothing': ['throw null', /Main\.js/],
}

describeBadMessages(
  'scripts that do what they must not',
  () => [
    ...flowsOf(
      'GroovyScript',
      'Main.groovy',
      groovy,
      body =>
        [
          'import com.sap.gateway.ip.core.customdev.util.Message',
          'def Message processData(Message message) {',
          body,
          '}',
        ].join('\n'),
      withoutGroovy(),
    ),
    ...flowsOf('JavaScript', 'Main.js', javaScript, body => `function processData(message) {\n${body}\n}`),
  ],
  { env },
)
