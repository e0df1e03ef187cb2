/** Knows every route, and which methods a path has, so that a wrong method is answered with 405 and `Allow` instead of 404. */
import type { Http } from './http.ts'

export function routeTable(http: Http) {
  const routes: { pattern: RegExp; methods: string[] }[] = []
  const listed: string[] = []
  http.addHook('onRoute', (route) => {
    listed.push(...[route.method].flat().map((method) => `${method} ${route.url}`))
    // Catch-alls answer preflights; they do not make an address exist.
    if (route.url.endsWith('*')) return
    const pattern = new RegExp(`^${route.url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`)
    routes.push({ pattern, methods: [route.method].flat() })
  })
  return {
    /** each as `GET /v1/modules/:namespace`, catch-alls too */
    list: (): readonly string[] => listed,
    methodsOf: (path: string) =>
      [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))].sort(),
  }
}
