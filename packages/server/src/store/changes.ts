import type { Changes, ChangeTopic } from './store.ts'

/** Changes within this process. Repositories emit after the commit and before their promise resolves. */
export class LocalChanges implements Changes {
  readonly #listeners = new Map<ChangeTopic, Set<(key: string) => void>>()

  on(topic: ChangeTopic, listener: (key: string) => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set()
    this.#listeners.set(topic, listeners)
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  emit(topic: ChangeTopic, key: string): void {
    for (const listener of this.#listeners.get(topic) ?? []) listener(key)
  }
}
