/**
 * How often one sender may come: per kind of route, per key or person, and per address for whoever comes without either.
 * Counted in this process alone, and paid with one number: until when what somebody asked for fills their time.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../access/caller.ts'
import type { App } from '../foundation/app.ts'
import { boundedMap } from '../foundation/bounded-map.ts'
import type { Http } from '../foundation/http/http.ts'
import { isOwnQuestion } from '../foundation/http/own-question.ts'
import { Refusal } from '../foundation/refusal.ts'
import { senderOf } from './attempts.ts'

export type Kind = 'protocol' | 'api_read' | 'api_write' | 'sign_in'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Where the address does not tell what kind of route this is. */
    limit?: 'sign_in'
  }
}

/** What one sender has asked for; `rates` are those that they may ask at. */
export type Spent = { rates: Rates; until: Record<Kind, number> }

type Rates = Record<Kind, { eachMs: number; spareMs: number }>

export type Asking = {
  caller: Caller
  socket: { remoteAddress?: string }
  /** the header X-Forwarded-For */
  forwarded?: string | undefined
}

export type RequestLimits = {
  /** The sender, if nobody has to be asked whose word about the address counts. */
  remembered(asking: Asking): Spent | undefined
  /** @returns 0 when this may be asked for now */
  secondsToWait(spent: Spent, kind: Kind): number
  charge(spent: Spent, kind: Kind): void
  /** Refuses the routes of `http` to whoever comes too often. */
  guard(http: Http): void
}

// A key stands for a whole fleet of pipelines, and can be taken back; an address without one is anybody.
const timesForCallers = 5
const maxSenders = 20_000
const maxForwardedLength = 200
const kinds: Kind[] = ['protocol', 'api_read', 'api_write', 'sign_in']

export function limitRequests(app: App): RequestLimits {
  const { rate_limiting } = app.config.security
  const believesProxies = app.config.server.trusted_proxies.length > 0
  const ratesFor = (times: number): Rates => {
    const rate = (kind: Kind) => {
      const eachMs = 60_000 / (rate_limiting[kind].requests_per_minute * times)
      return [kind, { eachMs, spareMs: (rate_limiting[kind].burst * times - 1) * eachMs }] as const
    }
    return Object.fromEntries(kinds.map(rate)) as Rates
  }
  const [ofAddresses, ofCallers] = [ratesFor(1), ratesFor(timesForCallers)]
  const senders = boundedMap<Spent>(maxSenders)
  // Beside the caller or the connection that a request comes with, so that most of them look nothing up.
  const lastSeen = new WeakMap<object, Spent>()
  const forwardedFor = boundedMap<Spent>(maxSenders)

  function sender(name: string, rates: Rates): Spent {
    const known = senders.get(name)
    if (known) return known
    const spent = { rates, until: { protocol: 0, api_read: 0, api_write: 0, sign_in: 0 } }
    senders.set(name, spent)
    return spent
  }

  const ofAddress = (address: string) => sender(`address ${senderOf(address)}`, ofAddresses)

  function remember(beside: object, spent: Spent): Spent {
    lastSeen.set(beside, spent)
    return spent
  }

  /** What stands in the header was written by anybody; who may be believed depends on it and on the neighbour alone. */
  const wayOf = ({ socket, forwarded }: Asking) => `${socket.remoteAddress} ${forwarded}`

  function remembered(asking: Asking): Spent | undefined {
    const { caller, socket, forwarded } = asking
    const isAddress = caller.kind === 'anonymous'
    if (isAddress && believesProxies && forwarded !== undefined) return forwardedFor.get(wayOf(asking))
    const beside = isAddress ? socket : caller
    const spent = lastSeen.get(beside)
    if (spent) return spent
    if (!isAddress) return remember(caller, sender(`${caller.kind} ${caller.id}`, ofCallers))
    return remember(socket, ofAddress(socket.remoteAddress ?? ''))
  }

  function senderOfRequest(request: FastifyRequest, kind: Kind): Spent {
    // Whoever signs in is nobody yet, whatever else the request carries.
    if (kind === 'sign_in' || !request.caller) return ofAddress(request.ip)
    const header = request.headers['x-forwarded-for'] as string | undefined
    const asking = { caller: request.caller, socket: request.raw.socket, forwarded: header }
    const known = remembered(asking)
    if (known) return known
    const spent = ofAddress(request.ip)
    if (header!.length <= maxForwardedLength) forwardedFor.set(wayOf(asking), spent)
    return spent
  }

  /** More than a full burst ahead is nobody who did not live when the clock was set back. */
  const aheadMs = ({ rates, until }: Spent, kind: Kind, now: number) => {
    const ahead = until[kind] - now
    const { eachMs, spareMs } = rates[kind]
    return ahead > 0 && ahead <= spareMs + eachMs + 1 ? ahead : 0
  }

  function secondsToWait(spent: Spent, kind: Kind): number {
    const tooMuchMs = aheadMs(spent, kind, app.clock()) - spent.rates[kind].spareMs
    return tooMuchMs <= 0 ? 0 : Math.max(1, Math.ceil(tooMuchMs / 1000))
  }

  function charge(spent: Spent, kind: Kind): void {
    const now = app.clock()
    spent.until[kind] = now + aheadMs(spent, kind, now) + spent.rates[kind].eachMs
  }

  function refuseTooMany(request: FastifyRequest, _reply: FastifyReply, payload: unknown, done: Done) {
    if (isOwnQuestion(request)) return done(null, payload)
    const kind = kindOf(request)
    const spent = senderOfRequest(request, kind)
    const seconds = secondsToWait(spent, kind)
    if (seconds > 0) return done(tooManyRequests(kind, seconds))
    charge(spent, kind)
    done(null, payload)
  }

  return {
    remembered,
    secondsToWait,
    charge,
    guard(http) {
      // By then everybody who can be known is, and of the body nothing has been read.
      if (rate_limiting.enabled) http.addHook('preParsing', refuseTooMany as never)
    },
  }
}

type Done = (error: Error | null, payload?: unknown) => void

function kindOf(request: FastifyRequest): Kind {
  const { limit } = request.routeOptions.config
  if (limit) return limit
  if (/^\/v[12]\//.test(request.url)) return 'protocol'
  return request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS'
    ? 'api_read'
    : 'api_write'
}

const inWords: Record<Kind, string> = {
  protocol: 'Too many requests for modules and providers came from you.',
  api_read: 'Too many requests came from you.',
  api_write: 'Too many changes came from you.',
  sign_in: 'Too many sign-ins came from this address.',
}

const tooManyRequests = (kind: Kind, seconds: number) =>
  new Refusal('too-many', 'too-many-requests', inWords[kind], `Wait ${seconds} s.`, { 'retry-after': String(seconds) })
