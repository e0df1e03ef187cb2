/** What each change means to whoever calls the module: one rule for each, with its reason. The documentation has the same table. */
import type { ChangeSeverity } from '@cadastre/contract/interface-diff'

type Rule = {
  severity: ChangeSeverity
  /** behind the number 1, and behind any other: `input was removed` */
  one: string
  many: string
  reason: string
}

const rule = (severity: ChangeSeverity, one: string, many: string, reason: string): Rule => ({
  severity,
  one,
  many,
  reason,
})

export const rules = {
  'submodule-added': rule('addition', 'submodule was added', 'submodules were added', 'Nobody calls it yet.'),
  'submodule-removed': rule(
    'breaking',
    'submodule was removed',
    'submodules were removed',
    'Whoever calls it finds nothing there.',
  ),

  'input-added': rule(
    'addition',
    'input was added',
    'inputs were added',
    'It has a default: callers may leave it out.',
  ),
  'input-added-required': rule(
    'breaking',
    'required input was added',
    'required inputs were added',
    'It has no default: every caller has to give it.',
  ),
  'input-removed': rule(
    'breaking',
    'input was removed',
    'inputs were removed',
    'Whoever gives it is refused: it is no argument any more.',
  ),
  'input-now-required': rule(
    'breaking',
    'input lost its default',
    'inputs lost their defaults',
    'Whoever left it out has to give it now.',
  ),
  'input-now-optional': rule('addition', 'input got a default', 'inputs got defaults', 'Callers may leave it out now.'),
  'default-changed': rule(
    'addition',
    'default was changed',
    'defaults were changed',
    'Whoever leaves it out gets another value.',
  ),
  'type-narrowed': rule(
    'breaking',
    'type takes less than before',
    'types take less than before',
    'Values that were taken are refused, or lose a part.',
  ),
  'type-widened': rule(
    'addition',
    'type takes more than before',
    'types take more than before',
    'Every value that was taken still is.',
  ),
  'type-rewritten': rule(
    'patch',
    'type is written in another way',
    'types are written in another way',
    'The same values are taken.',
  ),
  'type-unclear': rule(
    'breaking',
    'type cannot be compared',
    'types cannot be compared',
    'Nobody can tell by reading whether every value that was taken still is.',
  ),
  'attribute-added': rule(
    'addition',
    'optional attribute was added',
    'optional attributes were added',
    'Callers may leave it out.',
  ),
  'attribute-added-required': rule(
    'breaking',
    'required attribute was added',
    'required attributes were added',
    'Every object that is given has to have it.',
  ),
  'attribute-removed': rule(
    'breaking',
    'attribute was removed',
    'attributes were removed',
    'What callers give for it is dropped without a word.',
  ),
  'attribute-now-required': rule(
    'breaking',
    'attribute is no longer optional',
    'attributes are no longer optional',
    'Whoever left it out has to give it now.',
  ),
  'attribute-now-optional': rule(
    'addition',
    'attribute became optional',
    'attributes became optional',
    'Callers may leave it out now.',
  ),
  'attribute-default-changed': rule(
    'addition',
    'default of an attribute was changed',
    'defaults of attributes were changed',
    'Whoever leaves it out gets another value.',
  ),
  'null-refused': rule(
    'breaking',
    'input no longer takes null',
    'inputs no longer take null',
    'Whoever gives null is refused, or gets the default instead.',
  ),
  'null-taken': rule(
    'addition',
    'input takes null now',
    'inputs take null now',
    'Every value that was taken still is; null now reaches the module.',
  ),
  'validation-added': rule(
    'breaking',
    'validation was added',
    'validations were added',
    'It may refuse values that were taken: what a condition lets through cannot be told by reading it.',
  ),
  'validation-removed': rule(
    'addition',
    'validation was removed',
    'validations were removed',
    'Every value that was taken still is.',
  ),
  'validation-message-changed': rule(
    'patch',
    'message of a validation was changed',
    'messages of validations were changed',
    'The same values are taken.',
  ),
  'input-sensitivity-changed': rule(
    'patch',
    'input is shown in another way',
    'inputs are shown in another way',
    'It changes what a plan shows of it, not what is taken.',
  ),
  'input-ephemeral': rule(
    'addition',
    'input became ephemeral',
    'inputs became ephemeral',
    'Every value that was taken still is, and ephemeral ones as well.',
  ),
  'input-not-ephemeral': rule(
    'breaking',
    'input is no longer ephemeral',
    'inputs are no longer ephemeral',
    'Whoever gives an ephemeral value is refused.',
  ),

  'output-added': rule('addition', 'output was added', 'outputs were added', 'Nobody reads it yet.'),
  'output-removed': rule('breaking', 'output was removed', 'outputs were removed', 'Whoever reads it is refused.'),
  'output-sensitive': rule(
    'breaking',
    'output became sensitive',
    'outputs became sensitive',
    'Callers have to mark what they make of it, and may not repeat resources by it.',
  ),
  'output-not-sensitive': rule(
    'patch',
    'output is no longer sensitive',
    'outputs are no longer sensitive',
    'It may be used wherever it was; plans show it now.',
  ),
  'output-ephemeral': rule(
    'breaking',
    'output became ephemeral',
    'outputs became ephemeral',
    'It may be used only where nothing is stored.',
  ),
  'output-not-ephemeral': rule(
    'addition',
    'output is no longer ephemeral',
    'outputs are no longer ephemeral',
    'It may be used wherever it was, and elsewhere.',
  ),

  deprecated: rule(
    'addition',
    'deprecation was added',
    'deprecations were added',
    'It works as before, and warns; SemVer asks for a minor release.',
  ),
  'deprecation-changed': rule(
    'patch',
    'deprecation was changed or taken back',
    'deprecations were changed or taken back',
    'It works as before.',
  ),
  'description-changed': rule(
    'patch',
    'description was changed',
    'descriptions were changed',
    'It is for people; nothing else changed by it.',
  ),

  'terraform-narrowed': rule(
    'breaking',
    'constraint on Terraform takes less than before',
    'constraints on Terraform take less than before',
    'Versions of Terraform or OpenTofu that ran it are refused.',
  ),
  'terraform-widened': rule(
    'addition',
    'constraint on Terraform takes more than before',
    'constraints on Terraform take more than before',
    'Every version of Terraform or OpenTofu that ran it still does.',
  ),
  'provider-added': rule(
    'addition',
    'provider was added',
    'providers were added',
    'It is installed by the next init, and inherited from the caller.',
  ),
  'provider-added-configured': rule(
    'breaking',
    'provider that callers have to hand over was added',
    'providers that callers have to hand over were added',
    'It has configuration aliases: every caller has to pass them.',
  ),
  'provider-removed': rule(
    'patch',
    'provider was removed',
    'providers were removed',
    'Nothing is asked of callers for it any more.',
  ),
  'provider-removed-configured': rule(
    'breaking',
    'provider that callers hand over was removed',
    'providers that callers hand over were removed',
    'Whoever passes its configuration is refused.',
  ),
  'provider-source-changed': rule(
    'breaking',
    'provider comes from another source',
    'providers come from another source',
    'It is another provider: what it manages has to be handed over, and callers have to configure it.',
  ),
  'provider-narrowed': rule(
    'breaking',
    'constraint on a provider takes less than before',
    'constraints on providers take less than before',
    'Versions of the provider that callers have locked are refused.',
  ),
  'provider-widened': rule(
    'addition',
    'constraint on a provider takes more than before',
    'constraints on providers take more than before',
    'Every version of the provider that was taken still is.',
  ),
  'alias-added': rule(
    'breaking',
    'configuration alias was added',
    'configuration aliases were added',
    'Every caller has to pass a configuration for it.',
  ),
  'alias-removed': rule(
    'breaking',
    'configuration alias was removed',
    'configuration aliases were removed',
    'Whoever passes a configuration for it is refused.',
  ),
  'constraint-rewritten': rule(
    'patch',
    'constraint is written in another way',
    'constraints are written in another way',
    'The same versions are taken.',
  ),
  'constraint-unclear': rule(
    'breaking',
    'constraint cannot be compared',
    'constraints cannot be compared',
    'One of them is no constraint that clients read, so versions that were taken may be refused.',
  ),

  'resource-added': rule(
    'addition',
    'resource was added',
    'resources were added',
    'The next apply may create it; nothing that exists is touched.',
  ),
  'resource-removed': rule(
    'breaking',
    'resource was removed',
    'resources were removed',
    'The next apply destroys it: no moved or removed block says what becomes of it.',
  ),
  'resource-destroyed': rule(
    'breaking',
    'resource is destroyed by a removed block',
    'resources are destroyed by removed blocks',
    'The next apply destroys it, and the module says so.',
  ),
  'resource-let-go': rule(
    'addition',
    'resource is let go of by a removed block',
    'resources are let go of by removed blocks',
    'It stays where it is, and nobody manages it any more.',
  ),
  'resource-moved': rule(
    'patch',
    'resource was moved',
    'resources were moved',
    'A moved block leads the state to its new address.',
  ),
  'resource-repeated': rule(
    'addition',
    'resource is made by count or for_each now',
    'resources are made by count or for_each now',
    'With count Terraform moves the one that exists; with for_each look at the plan.',
  ),
  'resource-not-repeated': rule(
    'breaking',
    'resource is no longer made by count or for_each',
    'resources are no longer made by count or for_each',
    'All but the first are destroyed by the next apply.',
  ),
  'resource-reconfigured': rule(
    'breaking',
    'resource is managed through another provider configuration',
    'resources are managed through another provider configuration',
    'What exists is looked for in another place, and made anew where it is not found.',
  ),
  'lookup-changed': rule(
    'patch',
    'data source came or went',
    'data sources came or went',
    'It is only looked up: nothing is made or destroyed.',
  ),

  'call-added': rule(
    'addition',
    'module call was added',
    'module calls were added',
    'The next apply may create what is in it; nothing that exists is touched.',
  ),
  'call-removed': rule(
    'breaking',
    'module call was removed',
    'module calls were removed',
    'The next apply destroys all that it made: no moved or removed block says what becomes of it.',
  ),
  'call-destroyed': rule(
    'breaking',
    'module call is destroyed by a removed block',
    'module calls are destroyed by removed blocks',
    'The next apply destroys all that it made, and the module says so.',
  ),
  'call-let-go': rule(
    'addition',
    'module call is let go of by a removed block',
    'module calls are let go of by removed blocks',
    'What it made stays where it is, and nobody manages it any more.',
  ),
  'call-moved': rule(
    'patch',
    'module call was moved',
    'module calls were moved',
    'A moved block leads the state to its new address.',
  ),
  'call-source-changed': rule(
    'addition',
    'called module comes from another source',
    'called modules come from another source',
    'What it makes may differ: look at the plan.',
  ),
  'call-version-changed': rule(
    'patch',
    'called module is taken in another version',
    'called modules are taken in another version',
    'Callers give and get the same.',
  ),
} satisfies Record<string, Rule>

export type RuleName = keyof typeof rules
