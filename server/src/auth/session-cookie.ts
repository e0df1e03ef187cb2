/** Hands the cookie of a session to a browser, and takes it back. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../foundation/app.ts'
import { cookieText } from '../foundation/http/cookies.ts'
import { isSecure, sessionCookie } from './session-door.ts'
import type { From } from './sign-in.ts'

export function giveCookie(app: App, reply: FastifyReply, { token, expiresAt }: { token: string; expiresAt: Date }) {
  const maxAgeSeconds = Math.max(0, Math.floor((expiresAt.getTime() - app.clock()) / 1000))
  return reply.header('set-cookie', cookieText(sessionCookie(app), token, { secure: isSecure(app), maxAgeSeconds }))
}

export const takeCookie = (app: App, reply: FastifyReply) =>
  reply.header('set-cookie', cookieText(sessionCookie(app), '', { secure: isSecure(app), maxAgeSeconds: 0 }))

/** What a new session remembers of the request that made it. */
export const fromRequest = (request: FastifyRequest): From => ({
  address: request.ip,
  client: request.headers['user-agent'] ?? '',
  requestId: request.id,
  sessionId: request.session?.row.id,
})
