/** What is known of the modules in `published/`, written by hand: only what differs from the usual is said of each thing. */
import type {
  FolderKnowledge,
  Input,
  ModuleKnowledge,
  Output,
  ProviderRequirement,
  Resource,
} from '@cadastre/contract/module-knowledge'

export type Expected = Pick<ModuleKnowledge, 'folders' | 'licence' | 'diagnostics'>

const folder = (said: Partial<FolderKnowledge>): FolderKnowledge => ({
  kind: 'root',
  path: '',
  inputs: [],
  outputs: [],
  resources: [],
  requirements: { terraform: [], providers: [], moduleCalls: [] },
  moves: { moved: [], removed: [], imports: [], checks: [] },
  readme: null,
  diagnostics: [],
  ...said,
})

const module = (...folders: FolderKnowledge[]): Expected => ({ folders, licence: null, diagnostics: [] })

const input = (said: Partial<Input> & Pick<Input, 'name' | 'file' | 'line'>): Input => ({
  type: null,
  typeTree: null,
  required: false,
  default: undefined,
  defaultText: null,
  description: '',
  sensitive: false,
  nullable: true,
  ephemeral: false,
  deprecated: null,
  validations: [],
  ...said,
})

const output = (said: Partial<Output> & Pick<Output, 'name' | 'value' | 'file' | 'line'>): Output => ({
  description: '',
  sensitive: false,
  ephemeral: false,
  deprecated: null,
  ...said,
})

const resource = (said: Partial<Resource> & Pick<Resource, 'type' | 'name' | 'file' | 'line'>): Resource => ({
  mode: 'managed',
  provider: null,
  repeated: false,
  ...said,
})

const provider = (
  said: Partial<ProviderRequirement> & Pick<ProviderRequirement, 'name' | 'file' | 'line'>,
): ProviderRequirement => ({ source: null, version: null, configurationAliases: [], ...said })

const string = { type: 'string', typeTree: { kind: 'string' } } as const
const number = { type: 'number', typeTree: { kind: 'number' } } as const
const file = 'main.tf'

export const published: Record<string, Expected> = {
  vpc: {
    ...module(
      folder({
        inputs: [
          input({
            name: 'create_vpc',
            description: 'Controls if VPC should be created (it affects almost all resources)',
            type: 'bool',
            typeTree: { kind: 'bool' },
            default: true,
            defaultText: 'true',
            file: 'variables.tf',
            line: 1,
          }),
          input({
            name: 'cidr',
            description: '(Optional) The IPv4 CIDR block for the VPC',
            ...string,
            default: '10.0.0.0/16',
            defaultText: '"10.0.0.0/16"',
            file: 'variables.tf',
            line: 7,
          }),
          input({
            name: 'azs',
            description: 'A list of availability zones names or ids in the region',
            type: 'list(string)',
            typeTree: { kind: 'list', element: { kind: 'string' } },
            default: [],
            defaultText: '[]',
            file: 'variables.tf',
            line: 13,
          }),
          input({
            name: 'name',
            description: 'Name to be used on all the resources as identifier',
            ...string,
            required: true,
            file: 'variables.tf',
            line: 19,
          }),
        ],
        outputs: [
          output({
            name: 'vpc_id',
            description: 'The ID of the VPC',
            value: 'try(aws_vpc.this[0].id, null)',
            file: 'outputs.tf',
            line: 1,
          }),
        ],
        resources: [
          resource({ type: 'aws_vpc', name: 'this', repeated: true, file, line: 5 }),
          resource({ type: 'aws_subnet', name: 'public', repeated: true, file, line: 12 }),
        ],
        requirements: {
          terraform: [{ constraint: '>= 1.0', file: 'versions.tf', line: 2 }],
          providers: [
            provider({ name: 'aws', source: 'hashicorp/aws', version: '>= 5.79', file: 'versions.tf', line: 5 }),
          ],
          moduleCalls: [],
        },
        readme: { file: 'README.md', markdown: '# AWS VPC\n' },
      }),
      folder({
        kind: 'example',
        path: 'examples/complete',
        requirements: {
          terraform: [],
          providers: [provider({ name: 'aws', file: 'examples/complete/main.tf', line: 1 })],
          moduleCalls: [{ name: 'vpc', source: '../../', version: null, file: 'examples/complete/main.tf', line: 5 }],
        },
      }),
      folder({
        kind: 'submodule',
        path: 'modules/vpc-endpoints',
        resources: [
          resource({ type: 'aws_vpc_endpoint', name: 'this', file: 'modules/vpc-endpoints/main.tf', line: 1 }),
        ],
        requirements: {
          terraform: [],
          providers: [provider({ name: 'aws', file: 'modules/vpc-endpoints/main.tf', line: 1 })],
          moduleCalls: [],
        },
      }),
    ),
    licence: { file: 'LICENSE', spdx: 'Apache-2.0' },
  },
  naming: module(
    folder({
      inputs: [
        input({
          name: 'prefix',
          description:
            'It is not recommended that you use prefix by azure you should be using a suffix for your resources.',
          type: 'list(string)',
          typeTree: { kind: 'list', element: { kind: 'string' } },
          default: [],
          defaultText: '[]',
          file,
          line: 2,
        }),
        input({
          name: 'unique-seed',
          description: 'Custom value for the random characters to be used\n',
          default: '',
          defaultText: '""',
          file,
          line: 8,
        }),
      ],
      outputs: [
        output({
          name: 'storage_account',
          value: '{ name = substr(local.safe, 0, 24), "name_unique" : "${local.safe}x" }',
          file,
          line: 19,
        }),
      ],
    }),
  ),
  buckets: module(
    folder({
      inputs: [
        input({
          name: 'buckets',
          description: 'Buckets to create.',
          type: [
            'map(object({',
            '    location = string',
            '    # Days until objects are deleted.',
            '    # Zero keeps them.',
            '    retention_days = optional(number, 0)',
            '    labels         = optional(map(string), {}) # Put on the bucket.',
            '    lifecycle_rules = optional(list(object({',
            '      action = object({',
            '        type          = string',
            '        storage_class = optional(string)',
            '      })',
            '      condition = any',
            '    })), [])',
            '  }))',
          ].join('\n'),
          typeTree: {
            kind: 'map',
            element: {
              kind: 'object',
              attributes: [
                { name: 'location', type: { kind: 'string' }, optional: false },
                {
                  name: 'retention_days',
                  type: { kind: 'number' },
                  optional: true,
                  defaultText: '0',
                  description: 'Days until objects are deleted.\nZero keeps them.',
                },
                {
                  name: 'labels',
                  type: { kind: 'map', element: { kind: 'string' } },
                  optional: true,
                  defaultText: '{}',
                  description: 'Put on the bucket.',
                },
                {
                  name: 'lifecycle_rules',
                  optional: true,
                  defaultText: '[]',
                  type: {
                    kind: 'list',
                    element: {
                      kind: 'object',
                      attributes: [
                        {
                          name: 'action',
                          optional: false,
                          type: {
                            kind: 'object',
                            attributes: [
                              { name: 'type', type: { kind: 'string' }, optional: false },
                              { name: 'storage_class', type: { kind: 'string' }, optional: true },
                            ],
                          },
                        },
                        { name: 'condition', type: { kind: 'any' }, optional: false },
                      ],
                    },
                  },
                },
              ],
            },
          },
          default: {},
          defaultText: '{}',
          nullable: false,
          validations: [
            {
              condition: 'alltrue([for bucket in var.buckets : bucket.retention_days >= 0])',
              message: 'Days cannot be negative.',
            },
          ],
          file,
          line: 1,
        }),
      ],
      resources: [resource({ type: 'google_storage_bucket', name: 'bucket', repeated: true, file, line: 26 })],
      requirements: { terraform: [], providers: [provider({ name: 'google', file, line: 26 })], moduleCalls: [] },
    }),
  ),
  replicated: module(
    folder({
      outputs: [output({ name: 'arn', value: 'aws_s3_bucket.replica.arn', sensitive: true, file, line: 25 })],
      resources: [
        resource({ mode: 'data', type: 'aws_region', name: 'replica', provider: 'aws.replica', file, line: 12 }),
        resource({ type: 'aws_s3_bucket', name: 'replica', provider: 'aws.replica', file, line: 16 }),
      ],
      requirements: {
        terraform: [{ constraint: '~> 1.5', file, line: 2 }],
        providers: [
          provider({
            name: 'aws',
            source: 'hashicorp/aws',
            version: '~> 5.0',
            configurationAliases: ['aws.primary', 'aws.replica'],
            file,
            line: 4,
          }),
        ],
        moduleCalls: [{ name: 'label', source: 'cloudposse/label/null', version: '0.25.0', file, line: 20 }],
      },
    }),
  ),
  moved: module(
    folder({
      resources: [resource({ mode: 'data', type: 'http', name: 'site', file, line: 19 })],
      requirements: { terraform: [], providers: [provider({ name: 'http', file, line: 19 })], moduleCalls: [] },
      moves: {
        moved: [{ from: 'aws_instance.web', to: 'aws_instance.this["web"]', file, line: 1 }],
        removed: [{ from: 'aws_instance.old', destroys: false, file, line: 6 }],
        imports: [{ to: 'aws_instance.this["db"]', id: 'i-0123', file, line: 13 }],
        checks: [{ name: 'answers', file, line: 18 }],
      },
    }),
  ),
  generated: module(
    folder({
      inputs: [
        input({
          name: 'length',
          description: 'How long.',
          ...number,
          default: 12,
          defaultText: '12',
          file: 'main.tf.json',
          line: 8,
        }),
        input({
          name: 'alphabet',
          type: 'list(string)',
          typeTree: { kind: 'list', element: { kind: 'string' } },
          required: true,
          file: 'main.tf.json',
          line: 9,
        }),
      ],
      outputs: [
        output({
          name: 'password',
          value: 'random_password.this.result',
          sensitive: true,
          file: 'main.tf.json',
          line: 12,
        }),
      ],
      resources: [resource({ type: 'random_password', name: 'this', file: 'main.tf.json', line: 11 })],
      requirements: {
        terraform: [{ constraint: '>= 1.3', file: 'main.tf.json', line: 4 }],
        providers: [
          provider({ name: 'random', source: 'hashicorp/random', version: '3.6.0', file: 'main.tf.json', line: 5 }),
        ],
        moduleCalls: [],
      },
    }),
  ),
  legacy: module(
    folder({
      inputs: [
        input({
          name: 'region',
          type: '"string"',
          typeTree: { kind: 'string' },
          default: 'us-east-1',
          defaultText: '"us-east-1"',
          file,
          line: 6,
        }),
      ],
      resources: [resource({ type: 'aws_eip', name: 'ip', provider: 'aws.other', repeated: true, file, line: 11 })],
      requirements: {
        terraform: [],
        providers: [provider({ name: 'aws', version: '~> 2.0', file, line: 1 })],
        moduleCalls: [],
      },
      diagnostics: [{ severity: 'error', message: 'A type is written without quotes.', file, line: 7, column: 13 }],
    }),
  ),
  tofu: module(
    folder({
      inputs: [
        input({
          name: 'token',
          ...string,
          required: true,
          ephemeral: true,
          sensitive: true,
          file: 'main.tofu',
          line: 1,
        }),
        input({
          name: 'region',
          ...string,
          default: null,
          defaultText: 'null',
          deprecated: 'Use locations.',
          file: 'main.tofu',
          line: 7,
        }),
      ],
      outputs: [
        output({ name: 'region', value: 'var.region', deprecated: 'Use locations.', file: 'main.tofu', line: 17 }),
      ],
      resources: [resource({ mode: 'ephemeral', type: 'random_password', name: 'this', file: 'main.tofu', line: 13 })],
      requirements: {
        terraform: [],
        providers: [provider({ name: 'random', file: 'main.tofu', line: 13 })],
        moduleCalls: [],
      },
    }),
  ),
  overridden: module(
    folder({
      inputs: [
        input({ name: 'size', description: 'How large.', ...number, default: 20, defaultText: '20', file, line: 1 }),
      ],
      requirements: {
        terraform: [],
        providers: [
          provider({ name: 'null', source: 'hashicorp/null', version: '3.2.0', file: 'ci_override.tf', line: 7 }),
        ],
        moduleCalls: [],
      },
    }),
  ),
  broken: module(
    folder({
      inputs: [
        input({
          name: 'good',
          type: 'set(number)',
          typeTree: { kind: 'set', element: { kind: 'number' } },
          default: [1, 2.5, '12345678901234567890'],
          defaultText: '[1, 2.50, 12345678901234567890]',
          file,
          line: 1,
        }),
        input({ name: 'bad', default: null, defaultText: 'null', file, line: 6 }),
      ],
      outputs: [
        output({ name: 'open', value: '1', file, line: 11 }),
        output({ name: 'after', value: '"x"', file, line: 14 }),
      ],
      diagnostics: [
        {
          severity: 'error',
          message: 'A comma, a new line or `}` is missing, where `size` is.',
          file,
          line: 7,
          column: 36,
        },
        { severity: 'error', message: 'This block is not closed.', file, line: 11, column: 1 },
      ],
    }),
  ),
}
