import { heavyTasks } from '@sluice/iflow/heavy-tasks'
import { serveRequests } from '../processes/serve-requests.ts'
import type { HeavyRequest } from './heavy-work.ts'

const tasks = new Map(heavyTasks.map(task => [task.name, task]))

serveRequests(({ task: name, input }: HeavyRequest) => {
  const task = tasks.get(name)
  if (task === undefined) throw new Error(`Expected a task of heavyTasks, found "${name}"`)
  return task.run(input as never)
})
