/** `output` blocks. */
import type { Output } from '@cadastre/contract/module-knowledge'
import { type Body, blocksOf, placeOf } from './blocks.ts'
import { dedented } from './dedent.ts'
import { flagOf, messageOf, stringOf, textOf } from './literals.ts'

export const outputsOf = (body: Body): Output[] =>
  blocksOf(body, 'output').map((block) => {
    const of = (name: string) => block.attributes.get(name)
    const value = of('value')
    return {
      name: block.labels[0]!,
      description: messageOf(of('description')),
      value: value ? dedented(textOf(value)) : '',
      sensitive: flagOf(of('sensitive')),
      ephemeral: flagOf(of('ephemeral')),
      deprecated: stringOf(of('deprecated')),
      ...placeOf(block),
    }
  })
