/** How the web is built: one entry, a chunk for each page, and a manifest from which the server names the files. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Floating parts and the parts of forms come in two chunks of their own (ux.md §1.3), never before the first paint. */
const shared = (id: string) =>
  /\/@base-ui\/react\/|\/@floating-ui\//.test(id)
    ? 'controls'
    : /\/node_modules\/(react|react-dom|scheduler)\//.test(id)
      ? 'react'
      : undefined

export default defineConfig(({ mode }) => ({
  // Where the registry lies below its host is known when it runs, so files find each other relative to themselves.
  base: './',
  plugins: [react()],
  define: { __KIT__: JSON.stringify(mode === 'development') },
  build: {
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { app: 'src/main.tsx' },
      output: { manualChunks: shared },
    },
  },
}))
