/** `variable` blocks. */
import type { Input } from '@cadastre/contract/module-knowledge'
import { type Attribute, type Block, type Body, blocksOf, placeOf } from './blocks.ts'
import { dedented } from './dedent.ts'
import type { Budget } from './limits.ts'
import { flagOf, literalOf, messageOf, stringOf, textOf } from './literals.ts'
import { typeOf } from './type-tree.ts'

export const inputsOf = (body: Body, budget: Budget): Input[] =>
  blocksOf(body, 'variable').map((block) => inputOf(block, budget))

function inputOf(block: Block, budget: Budget): Input {
  const of = (name: string) => block.attributes.get(name)
  const [type, otherwise] = [of('type'), of('default')]
  const written = type && typeOf(type, budget)
  return {
    name: block.labels[0]!,
    type: written?.text ?? null,
    typeTree: written?.tree ?? null,
    required: otherwise === undefined,
    default: otherwise && defaultOf(otherwise, budget),
    defaultText: otherwise ? dedented(textOf(otherwise)) : null,
    description: messageOf(of('description')),
    sensitive: flagOf(of('sensitive')),
    nullable: flagOf(of('nullable'), true),
    ephemeral: flagOf(of('ephemeral')),
    deprecated: stringOf(of('deprecated')),
    validations: blocksOf(block, 'validation').map(({ attributes }) => ({
      condition: textOfOptional(attributes.get('condition')),
      message: messageOf(attributes.get('error_message')),
    })),
    ...placeOf(block),
  }
}

function defaultOf({ expression }: Attribute, budget: Budget): unknown {
  return budget.takeStructure(expression.end - expression.start) ? literalOf(expression)?.value : undefined
}

const textOfOptional = (attribute: Attribute | undefined) => (attribute ? textOf(attribute) : '')
