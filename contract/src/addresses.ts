/** The parts of addresses, as clients take them: what may stand where, and how long it may be. */
import * as z from 'zod'

/** Positions of the public registry's own words. */
const reservedWords = ['search', 'versions', 'download']

const name = /^[0-9A-Za-z](?:[0-9A-Za-z_-]{0,62}[0-9A-Za-z])?$/
const notReserved = (text: string) => !reservedWords.includes(text.toLowerCase())
const reserved = { error: 'is a reserved word of the registry protocol' }

export const NamespaceName = z
  .string()
  .regex(name, 'must be 1 to 64 letters, digits, - or _, and begin and end with a letter or digit')
  .refine(notReserved, reserved)
  .meta({ description: 'First part of an address, e.g. acme.', example: 'acme' })

export const ModuleName = z
  .string()
  .regex(name, 'must be 1 to 64 letters, digits, - or _, and begin and end with a letter or digit')
  .refine(notReserved, reserved)
  .meta({ description: 'Name of a module, e.g. vpc.', example: 'vpc' })

export const SystemName = z
  .string()
  .regex(/^[0-9a-z]{1,64}$/, 'must be 1 to 64 lower-case letters and digits: terraform refuses anything else')
  .refine(notReserved, reserved)
  .meta({ description: 'Target system of a module, e.g. aws.', example: 'aws' })

export const ProviderType = z
  .string()
  .regex(
    /^(?=.{1,64}$)[0-9A-Za-z]+(-[0-9A-Za-z]+)*$/,
    'must be 1 to 64 letters and digits with single - between them: terraform refuses anything else',
  )
  .refine((text) => !/^terraform-provider-/i.test(text), {
    error: 'must not begin with terraform-provider-: that is part of the file name only',
  })
  .refine(notReserved, reserved)
  .meta({ description: 'Type of a provider, e.g. greeter.', example: 'greeter' })
