/** Our own API's scope: schemas validate what comes in and strip what goes out; the OpenAPI document is printed from them. */
import { Problem } from '@cadastre/contract/problem'
import multipart, { type FastifyMultipartOptions } from '@fastify/multipart'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { Http } from './http.ts'

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** JSON for programs: a browser that opens an answer as a page shall do nothing with it, and nobody keeps it. */
const apiHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/**
 * Opens the scope `/api/v1` and hands it to the rooms. zod's compilers stay inside it: set globally they break the
 * routes of plugins.
 */
export async function openApi(http: Http, rooms: (api: Api) => void | Promise<void>): Promise<void> {
  await http.register(
    async (scope) => {
      scope.setValidatorCompiler(validatorCompiler)
      scope.setSerializerCompiler(serializerCompiler)
      scope.addHook('onRequest', (request, reply, done) => {
        reply.headers({ ...apiHeaders, 'x-request-id': request.id })
        done()
      })
      scope.addHook('onRoute', (route) => {
        if (!route.schema) return
        route.schema.response = { ...(route.schema.response as object), '4xx': Problem, '5xx': Problem }
      })
      await rooms(scope.withTypeProvider<ZodTypeProvider>())
    },
    { prefix: '/api/v1' },
  )
}

/** Doors whose body is a file: its bytes decide what it is, whatever the client calls it. */
export async function withRawBodies(api: Api, doors: (raw: Api) => void): Promise<void> {
  await api.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    doors(scope.withTypeProvider<ZodTypeProvider>())
  })
}

/** Doors that read a form while it arrives. */
export async function withForms(
  api: Api,
  limits: FastifyMultipartOptions['limits'],
  doors: (form: Api) => void,
): Promise<void> {
  await api.register(async (scope) => {
    await scope.register(multipart, { limits })
    doors(scope.withTypeProvider<ZodTypeProvider>())
  })
}

/** Collects the schemas of all routes that are added after it, as one OpenAPI 3.1 document. */
export async function describeRoutes(http: Http): Promise<void> {
  const { default: swagger } = await import('@fastify/swagger')
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Cadastre',
        description: 'The API of a private registry for Terraform and OpenTofu. Refusals are application/problem+json.',
        version: 'v1',
        license: { name: 'MIT' },
      },
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, tfr_…' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'cadastre',
            description:
              'The session of somebody who signed in with a browser; __Host-cadastre over https. Changes need x-csrf-token too.',
          },
        },
      },
      security: [{}, { apiKey: [] }, { session: [] }],
    },
    // The protocols' routes are described by those who own them.
    hideUntagged: true,
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
}
