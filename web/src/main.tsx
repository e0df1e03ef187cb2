/** Starts the face of the registry in the page that the server answered. */
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { queries } from './api.ts'
import { makeRouter } from './router.tsx'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'

/** Milliseconds after which the frame of the page is painted without it. */
const patience = 200

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

// In pieces, so that a slow machine answers to its reader in between; and what is painted first is the page itself, once,
// since its first answers lie in the page. No `await` here: the page's chunk takes its parts from this one.
pause(0)
  .then(makeRouter)
  .then(async (router) => {
    await pause(0)
    await Promise.race([router.load(), pause(patience)])
    const root = createRoot(document.getElementById('root')!)
    startTransition(() =>
      root.render(
        <StrictMode>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </StrictMode>,
      ),
    )
  })
