import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findJava } from './find-java.ts'
import { JvmPool } from './jvm-pool.ts'
import type { JvmCommand } from './jvm-process.ts'

/** How many JVMs there may be, what they may use up, and where their files are. */
export interface JvmOptions {
  /** A directory for files that can be made again. It outlives the process. */
  readonly cache: string
  /** JVMs that are kept; 0: one for each core, at least two. */
  readonly workers: number
  /** JVMs at most. */
  readonly workersMax: number
  /** Memory of one JVM for objects, in MB. */
  readonly memoryMb: number
  /** Where Java and Groovy are looked for: `JAVA_HOME`, `PATH`, `GROOVY_HOME`. The processes get nothing of it. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Told what programs print, a line at a time. */
  readonly print: (line: string) => void
}

/** The JVMs that flows' programs run in. Nothing is started before one is needed. */
export function openJvms(options: JvmOptions): JvmPool {
  const { workers, workersMax, print } = options
  const size = workers > 0 ? workers : Math.max(2, availableParallelism())
  let directory: string | undefined
  return new JvmPool({
    command: async () => {
      directory ??= await mkdtemp(join(tmpdir(), 'sluice-jvm-'))
      return jvmCommand(options, directory)
    },
    size,
    sizeMax: Math.max(size, workersMax),
    print,
    onClosed: async () => {
      if (directory !== undefined) await rm(directory, { recursive: true, force: true })
    },
  })
}

/** The factories of the Java runtime itself: archives on the class path would put theirs in their place. */
const factories = {
  'javax.xml.transform.TransformerFactory': 'com.sun.org.apache.xalan.internal.xsltc.trax.TransformerFactoryImpl',
  'javax.xml.parsers.DocumentBuilderFactory': 'com.sun.org.apache.xerces.internal.jaxp.DocumentBuilderFactoryImpl',
  'javax.xml.parsers.SAXParserFactory': 'com.sun.org.apache.xerces.internal.jaxp.SAXParserFactoryImpl',
  'javax.xml.xpath.XPathFactory:http://java.sun.com/jaxp/xpath/dom':
    'com.sun.org.apache.xpath.internal.jaxp.XPathFactoryImpl',
} as const

async function jvmCommand({ cache, env, memoryMb }: JvmOptions, directory: string): Promise<JvmCommand> {
  const installation = findJava(env)
  const { hostArchive } = await import('./host-archive.ts')
  const archive = await hostArchive(installation, cache)
  const { java, groovy, libraries } = installation
  const settings = {
    'file.encoding': 'UTF-8',
    'java.awt.headless': 'true',
    'java.io.tmpdir': directory,
    'user.home': directory,
    // As tenants have it.
    'user.timezone': 'UTC',
    'user.language': 'en',
    'user.country': 'US',
    'javax.xml.accessExternalDTD': '',
    ...factories,
  }
  return {
    java,
    directory,
    arguments: [
      `-Xmx${memoryMb}m`,
      '-Xms32m',
      '-XX:+UseSerialGC',
      '-XX:-UsePerfData',
      '-XX:+DisableAttachMechanism',
      '-Xshare:auto',
      ...Object.entries(settings).map(([name, value]) => `-D${name}=${value}`),
      '-cp',
      [...libraries, archive, ...groovy].join(':'),
      'sluice.worker.Worker',
    ],
  }
}
