import { existsSync, globSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Java and Groovy as they are installed. */
export interface JavaInstallation {
  /** The `java` executable. */
  readonly java: string
  /** Archives of Groovy. */
  readonly groovy: readonly string[]
  /** Other archives on the class path, where they are installed: see `libraryNames`. */
  readonly libraries: readonly string[]
}

/** The archive of Saxon, where it is installed. */
export function saxonOf({ libraries }: JavaInstallation): string | undefined {
  return libraries.find(path => path.endsWith('/Saxon-HE.jar'))
}

/** What is to be installed, in one sentence. */
export class JavaMissing extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'JavaMissing'
  }
}

/** Where Debian puts Java archives. */
const archives = '/usr/share/java'

/**
 * Archives that programs of flows may use besides Groovy, in this order: Saxon for XSLT, and the libraries that scripts of
 * published flows import. Debian's packages are listed in docs/operating/scripts.md.
 */
export const libraryNames = [
  'Saxon-HE',
  'commons-lang',
  'commons-lang3',
  'commons-codec',
  'commons-csv',
  'commons-io',
  'commons-text',
  'commons-logging',
  'com.android.json',
  'javax.ws.rs-api',
  'guava',
  'gson',
  'joda-time',
  'jdom1',
  'jaxen',
  'javax.mail',
  'javax.activation',
] as const

/**
 * Finds `java` by `JAVA_HOME` or `PATH`, Groovy by `GROOVY_HOME` or where Debian's package `groovy` puts it. Throws
 * `JavaMissing`.
 */
export function findJava(env: Readonly<Record<string, string | undefined>>): JavaInstallation {
  const java = findExecutable(env)
  const groovy = findGroovy(env.GROOVY_HOME)
  const libraries = libraryNames.map(name => join(archives, `${name}.jar`)).filter(path => existsSync(path))
  return { java, groovy, libraries }
}

function findExecutable({ JAVA_HOME: home, PATH: path = '' }: Readonly<Record<string, string | undefined>>): string {
  const places = [...(home ? [join(home, 'bin')] : []), ...path.split(delimiter).filter(place => place !== '')]
  const found = places.map(place => join(place, 'java')).find(isFile)
  if (found !== undefined) return found
  throw new JavaMissing(
    'Expected Java for Groovy scripts, found none: install it together with Groovy (apt-get install groovy), or set JAVA_HOME and GROOVY_HOME',
  )
}

function findGroovy(home: string | undefined): readonly string[] {
  if (home) {
    const embeddable = globSync(join(home, 'embeddable', 'groovy-all-*.jar')).filter(path => !path.includes('-indy'))
    const found = embeddable.length > 0 ? embeddable.slice(0, 1) : globSync(join(home, 'lib', '*.jar')).sort()
    if (found.some(path => /groovy[^/]*\.jar$/.test(path))) return found
    throw new JavaMissing(`Expected archives of Groovy in GROOVY_HOME, found none below ${home}`)
  }
  const all = join(archives, 'groovy-all.jar')
  if (isFile(all)) return [all]
  throw new JavaMissing(
    'Expected Groovy for Groovy scripts, found none: install it (apt-get install groovy), or set GROOVY_HOME',
  )
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
