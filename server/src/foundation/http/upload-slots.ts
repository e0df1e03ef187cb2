/** How many uploads are received at once: each holds disk and a connection for as long as its sender likes. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'

export type UploadSlots = {
  /** Holds a slot until the answer is over. @throws too-many when this sender, or everybody together, has too many */
  hold(sender: string, request: FastifyRequest, reply: FastifyReply): void
}

const perSender = 100
const together = 400

export function uploadSlots(): UploadSlots {
  const bySender = new Map<string, number>()
  let all = 0
  return {
    hold(sender, request, reply) {
      const own = bySender.get(sender) ?? 0
      if (own >= perSender) throw tooMany(`This key has ${own} uploads under way.`)
      if (all >= together) throw tooMany(`The registry receives ${all} uploads already.`)
      bySender.set(sender, own + 1)
      all += 1
      let held = true
      const { socket } = request.raw
      const release = () => {
        if (!held) return
        held = false
        // The connection lives on, and shall not gather one of these for each upload.
        socket.off('close', release)
        all -= 1
        const left = bySender.get(sender)! - 1
        if (left === 0) bySender.delete(sender)
        else bySender.set(sender, left)
      }
      reply.raw.once('close', release)
      socket.once('close', release)
    },
  }
}

const tooMany = (sentence: string) =>
  new Refusal('too-many', 'uploads-too-many', sentence, 'Send fewer at once, or try again in a moment.', {
    'retry-after': '5',
  })
