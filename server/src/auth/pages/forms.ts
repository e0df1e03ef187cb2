/** Proof that a form comes from a page of ours: a token of the session, or before there is one, of a cookie of the form. */
import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../foundation/app.ts'
import { cookieIn, cookieText } from '../../foundation/http/cookies.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { isFromOtherSite } from '../other-sites.ts'
import { cookieName, isSecure } from '../session-door.ts'
import { csrfTokens } from '../sessions.ts'
import { hidden } from './fields.ts'
import type { Html } from './html.ts'

/** What the fields of a form say; of two with one name the last counts. */
export type FormBody = Partial<Record<string, string>>

export type Forms = {
  /** The hidden field that every form needs; sets the cookie that goes with it. */
  token(request: FastifyRequest, reply: FastifyReply): Html
  /** @throws forbidden when the form was not made for this browser and this session */
  refuseForged(request: FastifyRequest): void
}

const formLivesSeconds = 12 * 60 * 60

export function ownForms(app: App): Forms {
  const csrf = csrfTokens(app.derivedKey)
  const name = cookieName(app, 'cadastre-form')
  const cookieOf = (request: FastifyRequest) => {
    const value = cookieIn(request.headers.cookie, name)
    return value && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined
  }

  return {
    token(request, reply) {
      if (request.session) return hidden('csrf', csrf.of(request.session.row.id))
      const value = cookieOf(request) ?? randomBytes(32).toString('base64url')
      reply.header('set-cookie', cookieText(name, value, { secure: isSecure(app), maxAgeSeconds: formLivesSeconds }))
      return hidden('csrf', csrf.of(value))
    },
    refuseForged(request) {
      const holder = request.session?.row.id ?? cookieOf(request)
      const given = (request.body as FormBody | undefined)?.csrf
      if (isFromOtherSite(app, request.headers) || !holder || !given || !csrf.fits(holder, given)) throw formForged()
    },
  }
}

const formForged = () =>
  new Refusal(
    'forbidden',
    'form-forged',
    'This form is out of date, or another site has sent it.',
    'Open the page again, and let your browser keep the cookie of this registry.',
  )
