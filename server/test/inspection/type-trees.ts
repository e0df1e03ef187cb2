/** Types of variables, made up: for what holds of any two of them. */
import type { TypeTree } from '@cadastre/contract/module-knowledge'
import fc from 'fast-check'

type Kinds = {
  maxDepth: number
  names: fc.Arbitrary<string>
  /** what else an attribute may say of itself */
  defaults?: fc.Arbitrary<string>
  /** types beside those that terraform knows */
  others?: fc.Arbitrary<TypeTree>[]
}

export function typeTrees({ maxDepth, names, defaults, others = [] }: Kinds): fc.Arbitrary<TypeTree> {
  const attribute = (type: fc.Arbitrary<TypeTree>) =>
    fc.record(
      { name: names, type, optional: fc.boolean(), ...(defaults && { defaultText: defaults }) },
      { requiredKeys: ['name', 'type', 'optional'] },
    )
  return fc.letrec<{ tree: TypeTree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth, depthSize: 'small', withCrossShrink: true },
      fc.record({ kind: fc.constantFrom('string', 'number', 'bool', 'any') }) as fc.Arbitrary<TypeTree>,
      ...others,
      fc.record({ kind: fc.constantFrom('list', 'set', 'map'), element: tie('tree') }) as fc.Arbitrary<TypeTree>,
      fc.record({
        kind: fc.constant('tuple'),
        elements: fc.array(tie('tree'), { maxLength: 3 }),
      }) as fc.Arbitrary<TypeTree>,
      fc.record({
        kind: fc.constant('object'),
        attributes: fc.uniqueArray(attribute(tie('tree')), { maxLength: 3, selector: ({ name }) => name }),
      }) as fc.Arbitrary<TypeTree>,
    ),
  })).tree
}
