/** Which routes there are, and which methods an address has. */
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { routeTable } from './route-table.ts'

const http = Fastify()
const table = routeTable(http)
const answer = async () => 'here'
http.get('/v1/modules/:namespace/:name/versions', answer)
http.get('/archives/:file_name.tar.gz', answer)
http.post('/api/v1/keys', answer)
http.get('/api/v1/keys', answer)
http.delete('/api/v1/keys/:id', answer)
http.route({ method: ['PUT', 'PATCH'], url: '/api/v1/keys/:id', handler: answer })
http.options('/api/*', answer)
http.options('*', answer)

test.each([
  ['/v1/modules/acme/vpc/versions', ['GET', 'HEAD']],
  ['/v1/modules/acme/v%2Fpc/versions', ['GET', 'HEAD']],
  ['/api/v1/keys', ['GET', 'HEAD', 'POST']],
  ['/api/v1/keys/1', ['DELETE', 'PATCH', 'PUT']],
  ['/archives/a.tar.gz', ['GET', 'HEAD']],
  ['/archives/axtarxgz', []],
  ['/v1/modules/acme/vpc', []],
  ['/v1/modules/acme/vpc/more/versions', []],
  ['/v1/modules//vpc/versions', []],
  ['/api/v1/keys/', []],
  ['/api/v1/keys/1/2', []],
  ['/prefix/api/v1/keys', []],
  ['/API/v1/keys', []],
  ['/api/v1/keys\n', []],
  ['/', []],
  ['', []],
])('%j has %j', (path, methods) => {
  expect(table.methodsOf(path)).toEqual(methods)
})

test('every route is listed with each of its methods', () => {
  expect(table.list()).toEqual(
    expect.arrayContaining([
      'GET /api/v1/keys',
      'HEAD /api/v1/keys',
      'PUT /api/v1/keys/:id',
      'PATCH /api/v1/keys/:id',
      'OPTIONS /api/*',
    ]),
  )
})
