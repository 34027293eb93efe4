import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from 'react-router/dom'
import { ApiError } from '../api/http.ts'
import { router } from './routes.tsx'
import { SessionGate } from './session-gate.tsx'

const queries = new QueryClient({
  defaultOptions: {
    // The server may be on the same machine: whether the browser thinks it is online says nothing.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      // What the server says no to stays so; only a server that does not answer may be starting.
      retry: (count, error) => !(error instanceof ApiError) && count < 2,
    },
  },
})

/** The console: pages for whoever is signed in. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <SessionGate>
        {/* What is in the address is there when the next key is pressed, or it would be written over with what was there before. */}
        <RouterProvider router={router} useTransitions={false} />
      </SessionGate>
    </QueryClientProvider>
  )
}
