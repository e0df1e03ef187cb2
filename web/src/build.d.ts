/** Set by the build (vite.config.ts): whether the page with every part of the interface is in it. */
declare const __KIT__: boolean
