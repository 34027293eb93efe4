/**
 * Preloaded into every test file's process by `run-tests.ts`: a file that is not done in time, because a test never ends
 * or something is left open, fails and says what it waits for, instead of holding up the whole run.
 */
const limitMs = 120_000

if (process.env.NODE_TEST_CONTEXT === 'child-v8') {
  const timer = setTimeout(() => {
    const waitingFor = process.getActiveResourcesInfo().join(', ')
    process.stderr.write(
      `Expected ${process.argv[1]} to end within ${limitMs / 1000} s, found it waiting for ${waitingFor}\n`,
    )
    process.exit(1)
  }, limitMs)
  timer.unref()
}
