import { heavyTasks } from '@sluice/iflow/heavy-tasks'
import { serveThread } from '../threads/serve-thread.ts'
import type { HeavyRequest } from './heavy-work.ts'

const tasks = new Map(heavyTasks.map(task => [task.name, task]))

serveThread(({ task: name, input }: HeavyRequest) => {
  const task = tasks.get(name)
  if (task === undefined) throw new Error(`Expected a task of heavyTasks, found "${name}"`)
  return task.run(input as never)
})
