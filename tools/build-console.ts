import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '../packages/console')
const sources = ['src/**/*', 'public/**/*', 'index.html', 'package.json']

/**
 * Builds the console to `packages/console/dist`, each file also compressed, as the server sends it. With `--if-changed` only
 * when it has not been built from the sources as they are.
 */
async function main(given: readonly string[]): Promise<void> {
  if (given.includes('--if-changed') && isBuilt()) return
  console.error('Building the console.')
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    base: '/console/',
    plugins: [react()],
    // Everything from this origin, as the server's Content-Security-Policy says: no file becomes part of an URL.
    build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 900, reportCompressedSize: false },
  })
  for (const path of globSync('**/*.{js,css,html,svg}', { cwd: join(root, 'dist') })) {
    const file = join(root, 'dist', path)
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }))
  }
}

function isBuilt(): boolean {
  const built = statSync(join(root, 'dist/index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return globSync(sources, { cwd: root }).every(path => statSync(join(root, path)).mtimeMs <= built)
}

await main(process.argv.slice(2))
