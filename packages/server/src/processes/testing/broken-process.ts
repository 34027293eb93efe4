/** A process that never gets as far as to serve requests. */
throw new Error('Expected nothing of this process.')
