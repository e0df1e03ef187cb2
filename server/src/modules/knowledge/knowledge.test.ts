/** What is known of a module version, through the door: its parts, its schema, how it is used, its Markdown twin. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tarGz } from '../../../test/archives.ts'
import { expectStatus } from '../../../test/client.ts'
import { knownModule } from '../../../test/known-module.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'

let registry: TestRegistry
let publisher: string
let stranger: string
const vpc = '/api/v1/modules/acme/vpc/aws/1.2.3'
const parts = [
  ...['', '/inputs', '/inputs.schema.json', '/outputs', '/resources', '/requirements', '/readme', '/submodules'],
  ...['/examples', '/usage', '/code', '/files', '/files/view?path=main.tf', '/files/raw/main.tf'],
]

beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_SERVER_BASE_URL: 'https://registry.example.com/infra' } })
  await registry.given.namespace('acme')
  await registry.given.namespace('secret', 'private')
  publisher = await registry.given.key(['modules:write'])
  stranger = await registry.given.key(['modules:read'], { namespaces: ['acme'] })
  for (const [address, version] of [
    ['acme/vpc/aws', '1.2.3'],
    ['acme/vpc/aws', '2.0.0-rc.1'],
    ['secret/vpc/aws', '1.2.3'],
  ] as const)
    expectStatus(await registry.as(publisher).publishModule(address, version, tarGz(knownModule)), 201)
})
afterAll(() => registry.stop())

const get = async (path: string) => expectStatus(await registry.anonymous.get(path), 200).json

describe('a version', () => {
  test('says as soon as it is published what is in it', async () => {
    expect(await get(vpc)).toMatchObject({
      address: 'acme/vpc/aws',
      version: '1.2.3',
      latestVersion: '1.2.3',
      isLatest: true,
      versionCount: 2,
      visibility: 'public',
      owner: 'default',
      sourceUrl: null,
      licence: 'MIT',
      requiredVersion: '>= 1.5',
      inspection: 'done',
      diagnostics: [],
      folders: [
        { kind: 'root', path: '', description: 'A network with its parts.', inputs: 4, requiredInputs: 2, outputs: 1 },
        { kind: 'example', path: 'examples/small', hasReadme: false },
        { kind: 'submodule', path: 'modules/subnets', hasReadme: true, resources: 1 },
      ],
    })
    expect(await get('/api/v1/modules/acme/vpc/aws/2.0.0-rc.1')).toMatchObject({
      isLatest: false,
      latestVersion: '1.2.3',
    })
  })

  test('speaks for its module: in its own words, else in the first of its README', async () => {
    const { admin, given } = registry
    await given.namespace('wordy')
    const said = async () => {
      const { description } = await get('/api/v1/modules/wordy/vpc/aws')
      const found = await get('/api/v1/search?q=ns:wordy')
      return [description, found.items[0]?.description]
    }
    expectStatus(await admin.publishModule('wordy/vpc/aws', '1.0.0', tarGz(knownModule)), 201)
    await expect.poll(said).toEqual(['A network with its parts.', 'A network with its parts.'])

    const stated = '/api/v1/modules/wordy/vpc/aws/1.1.0?description=Ours.'
    const answer = await admin.send('PUT', stated, tarGz({ 'main.tf': '' }), { 'content-type': 'application/gzip' })
    expectStatus(answer, 201)
    await expect.poll(said).toEqual(['Ours.', 'Ours.'])
  })

  test('lists its inputs with those first that are required', async () => {
    const { inspection, items } = await get(`${vpc}/inputs`)

    expect(inspection).toBe('done')
    expect(items.map(({ name, required }: { name: string; required: boolean }) => [name, required])).toEqual([
      ['cidr', true],
      ['peers', true],
      ['subnets', false],
      ['token', false],
    ])
    expect(items[0]).toMatchObject({ type: 'string', file: 'variables.tf', line: 1 })
    expect(items[0]).not.toHaveProperty('default')
    expect(items[3]).toMatchObject({ default: null, sensitive: true })
  })

  test('says the same of a folder inside of it, and that there is no other', async () => {
    expect(await get(`${vpc}/outputs?folder=modules/subnets`)).toMatchObject({ items: [] })
    expect((await get(`${vpc}/resources`)).moves.moved).toMatchObject([{ from: 'aws_vpc.main', to: 'aws_vpc.this' }])
    expect((await get(`${vpc}/requirements`)).requirements.providers).toMatchObject([{ source: 'hashicorp/aws' }])
    expect((await get(`${vpc}/submodules`)).items).toMatchObject([{ path: 'modules/subnets' }])
    expect((await get(`${vpc}/examples`)).items).toMatchObject([{ path: 'examples/small' }])

    const none = await registry.anonymous.get(`${vpc}/inputs?folder=modules/none`)

    expect(none).toMatchObject({ status: 404, json: { code: 'folder-not-found' } })
  })

  test('shows its README with links into its own files, below the path of the registry', async () => {
    const { html, file, headings } = await get(`${vpc}/readme`)

    expect(file).toBe('README.md')
    expect(headings).toMatchObject([{ text: 'Network' }])
    expect(html).toContain('href="/infra/modules/acme/vpc/aws/1.2.3/files/docs/notes.md"')
    expect(html).toContain('src="/infra/api/v1/modules/acme/vpc/aws/1.2.3/files/raw/docs/plan.svg"')
    expect(html).toContain('class="code-keyword"')
  })

  test('of a module that does not parse is published, with a diagnostic beside what could be read', async () => {
    const files = { 'main.tf': 'variable "good" {}\n', 'broken.tf': 'variable "bad" {\n' }
    expectStatus(await registry.as(publisher).publishModule('acme/broken/aws', '1.0.0', tarGz(files)), 201)

    const { inspection, items, diagnostics } = await get('/api/v1/modules/acme/broken/aws/1.0.0/inputs')

    expect(inspection).toBe('done')
    expect(items).toContainEqual(expect.objectContaining({ name: 'good' }))
    expect(diagnostics).toMatchObject([{ severity: 'error', file: 'broken.tf' }])
  })

  test('says of itself and in its Markdown what could not be read in any of its folders, and to whoever publishes it', async () => {
    const files = {
      'main.tf': 'variable "good" {}\n',
      'broken.tf': 'variable "bad" {\n',
      'modules/part/wrong.tf': 'output "x" {\n',
    }
    const tried = await registry
      .as(publisher)
      .send('PUT', '/api/v1/modules/acme/partly/aws/1.0.0?dryRun=true', tarGz(files), {
        'content-type': 'application/gzip',
      })
    const published = await registry.as(publisher).publishModule('acme/partly/aws', '1.0.0', tarGz(files))

    const { diagnostics } = await get('/api/v1/modules/acme/partly/aws/1.0.0')
    const { text } = await registry.anonymous.get('/modules/acme/partly/aws/1.0.0.md')

    expect(diagnostics.map(({ file }: { file: string }) => file)).toEqual(['broken.tf', 'modules/part/wrong.tf'])
    expect(text).toContain('## Problems\n\n- `broken.tf:')
    for (const { json } of [expectStatus(tried, 200), expectStatus(published, 201)])
      expect(json.warnings).toEqual([
        expect.stringMatching(/could not be read.*broken\.tf:\d+: .*modules\/part\/wrong\.tf:\d+: /),
      ])
  })

  test('that nobody could read is not said to have nothing', async () => {
    expectStatus(await registry.as(publisher).publishModule('acme/unread/aws', '1.0.0', tarGz(knownModule)), 201)
    await registry.sql(`
      delete from module_folders where version_id in (
        select v.id from module_versions v join modules m on m.id = v.module_id where m.name = 'unread');
      update module_knowledge set state = 'failed' where version_id in (
        select v.id from module_versions v join modules m on m.id = v.module_id where m.name = 'unread')`)

    const { text } = await registry.anonymous.get('/modules/acme/unread/aws/1.0.0.md')

    expect(text).toContain('## Inputs\n\nNot read')
    expect(text).toContain('## Outputs\n\nNot read')
    expect(text).not.toContain('None.')
  })

  test('renders what its inputs and outputs say of themselves, where that is more than words, and keeps the text', async () => {
    const files = {
      'main.tf':
        'variable "a" {\n  default = {\n    b = 1\n  }\n  description = <<-EOT\n    # Sizes\n\n    - `small`, see [notes](docs/notes.md)\n    - <script>alert(1)</script>large\n  EOT\n}\n' +
        'output "b" {\n  value       = 1\n  description = "As *it* is."\n}\nvariable "c" {\n  description = "Words, alone."\n}\n',
    }
    expectStatus(await registry.as(publisher).publishModule('acme/wordily/aws', '1.0.0', tarGz(files)), 201)
    const path = '/api/v1/modules/acme/wordily/aws/1.0.0'

    const { items } = await get(`${path}/inputs`)
    const [output] = (await get(`${path}/outputs`)).items

    const [c, a] = items
    expect(a.description).toContain('# Sizes\n\n- `small`')
    expect(a.descriptionHtml).toContain('<div><strong>Sizes</strong></div>')
    expect(a.descriptionHtml).toContain(
      '<li><code>small</code>, see <a href="/infra/modules/acme/wordily/aws/1.0.0/files/docs/notes.md">notes</a></li>',
    )
    expect(a.descriptionHtml).not.toMatch(/script|<h\d|id=/)
    expect(a.defaultText).toBe('{\n  b = 1\n}')
    expect(output.descriptionHtml).toBe('<p>As <em>it</em> is.</p>')
    expect(c).not.toHaveProperty('descriptionHtml')
  })

  test('shows the code of an example with the address that callers of the module write', async () => {
    const { items, leftOut } = await get(`${vpc}/code?folder=examples/small`)

    expect(items).toMatchObject([
      {
        path: 'examples/small/main.tf',
        text: 'module "network" {\n  source  = "registry.example.com/acme/vpc/aws"\n  version = "1.2.3"\n}\n',
      },
    ])
    expect(items[0].html).toContain('<span class="code-keyword">module </span>')
    expect(leftOut).toBe(0)
  })

  test('names a version in the code of an example as clients ask for it, without what was built', async () => {
    const example = 'module "it" {\n  source = "../.."\n  name   = "x"\n}\n'
    const files = { 'main.tf': 'variable "name" {\n}\n', 'examples/a/main.tf': example }
    expectStatus(await registry.as(publisher).publishModule('acme/built/aws', '1.0.0+b7', tarGz(files)), 201)

    const { items } = await get('/api/v1/modules/acme/built/aws/1.0.0+b7/code?folder=examples/a')

    expect(items[0].text).toContain('\n  version = "1.0.0"\n  name    = "x"\n')
  })

  test('names the file of its licence, also of one that nobody recognises, and none where there is none', async () => {
    const own = { 'main.tf': '', 'LICENCE.txt': 'Ask us.\n', 'license.tf': '' }
    expectStatus(await registry.as(publisher).publishModule('acme/own/aws', '1.0.0', tarGz(own)), 201)
    expectStatus(await registry.as(publisher).publishModule('acme/bare/aws', '1.0.0', tarGz({ 'main.tf': '' })), 201)
    const said = async (name: string) => {
      const { licence, licenceFile } = await get(`/api/v1/modules/acme/${name}/aws/1.0.0`)
      return [licence, licenceFile]
    }

    expect((await get(vpc)).licenceFile).toBe('LICENSE')
    expect(await said('own')).toEqual([null, 'LICENCE.txt'])
    expect(await said('bare')).toEqual([null, null])
  })

  test('keeps texts that the database could not, without what is wrong in them', async () => {
    const files = { 'main.tf': 'variable "odd" {\n  description = "a\\u0000b"\n  default = { "k\\ud800" = 1 }\n}\n' }

    expectStatus(await registry.as(publisher).publishModule('acme/odd/aws', '1.0.0', tarGz(files)), 201)

    expect((await get('/api/v1/modules/acme/odd/aws/1.0.0/inputs')).inspection).toBe('done')
  })
})

test('the JSON Schema of the inputs says what they take', async () => {
  const answer = await registry.anonymous.get(`${vpc}/inputs.schema.json`)

  expect(answer.headers.get('content-type')).toContain('application/schema+json')
  expect(answer.json).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://registry.example.com/infra/api/v1/modules/acme/vpc/aws/1.2.3/inputs.schema.json',
    title: 'acme/vpc/aws 1.2.3',
    type: 'object',
    required: ['cidr', 'peers'],
    additionalProperties: false,
    properties: {
      cidr: { type: ['string', 'null'], description: 'Where the network lies | in the plan.' },
      peers: {
        type: 'object',
        additionalProperties: {
          type: 'array',
          prefixItems: [{ type: 'string' }, { type: 'number' }],
          items: false,
          minItems: 2,
        },
      },
      subnets: {
        type: ['array', 'null'],
        description: 'Parts of the network.',
        default: [],
        items: {
          type: 'object',
          required: ['name', 'size'],
          properties: {
            name: { type: 'string' },
            public: { type: ['boolean', 'null'], description: 'Private unless it says so.' },
            size: { type: 'number' },
          },
        },
      },
      token: { type: ['string', 'null'], default: null, writeOnly: true },
    },
  })
})

describe('who may not read a version', () => {
  test.each(parts)('gets the same answer about %s whether it exists or not', async (part) => {
    const hidden = `/api/v1/modules/secret/vpc/aws/1.2.3${part}`
    const absent = `/api/v1/modules/absent/vpc/aws/1.2.3${part}`

    for (const client of [registry.anonymous, registry.as(stranger)]) {
      const [one, other] = [await client.get(hidden), await client.get(absent)]

      expect([401, 404]).toContain(one.status)
      expect(one.json.code).toBe(other.json.code)
      expect(one.json.detail.replace('secret', 'absent')).toBe(other.json.detail)
    }
    expect((await registry.as(publisher).get(hidden)).status).toBe(200)
  })

  test.each(parts)('is an administrator alone when it is deleted: %s', async (part) => {
    await deleteOnce()
    const path = `/api/v1/modules/acme/gone/aws/1.0.0${part}`

    expect(await registry.as(publisher).get(path)).toMatchObject({ status: 404, json: { code: 'version-not-found' } })
    expect((await registry.admin.get(path)).status).toBe(200)
  })

  test('gets no Markdown of it either', async () => {
    expect((await registry.anonymous.get('/modules/secret/vpc/aws/1.2.3.md')).status).toBe(401)
    expect((await registry.as(publisher).get('/modules/secret/vpc/aws/1.2.3.md')).status).toBe(200)
  })
})

let deleted: Promise<void> | undefined
function deleteOnce(): Promise<void> {
  deleted ??= (async () => {
    expectStatus(await registry.as(publisher).publishModule('acme/gone/aws', '1.0.0', tarGz(knownModule)), 201)
    expectStatus(await registry.admin.send('DELETE', '/api/v1/modules/acme/gone/aws/1.0.0'), 200)
  })()
  return deleted
}

test('the Markdown of a version has its usage, its inputs, its outputs and its README', async () => {
  const { headers, text } = expectStatus(await registry.anonymous.get('/modules/acme/vpc/aws/1.2.3.md'), 200)

  expect(headers.get('content-type')).toBe('text/markdown; charset=utf-8')
  expect(headers.get('vary')).toContain('cookie')
  expect(text).toContain('# acme/vpc/aws 1.2.3\n')
  expect(text).toContain('  source  = "registry.example.com/acme/vpc/aws"\n  version = "~> 1.2"\n')
  expect(text).toContain('| `cidr` | `string` | required | Where the network lies \\| in the plan. |')
  expect(text).toContain('| `vpc_id` | Id of the network. |')
  expect(text).toContain('A network with its parts.')
  expect(text).toContain('| `token` | `string` | `null` | (sensitive) |')
})

test('the Markdown of a module is that of its newest version', async () => {
  const { status, headers } = await registry.anonymous.get('/modules/acme/vpc/aws.md')

  expect([status, headers.get('location')]).toEqual([302, '/infra/modules/acme/vpc/aws/1.2.3.md'])
  expect((await registry.anonymous.get('/modules/secret/vpc/aws.md')).status).toBe(401)
  expect((await registry.as(stranger).get('/modules/secret/vpc/aws.md')).status).toBe(404)
  expect((await registry.anonymous.get('/modules/acme/absent/aws.md')).status).toBe(404)
})

describe('the block that uses it', () => {
  const usage = (query: string, version = '1.2.3') =>
    get(`/api/v1/modules/acme/vpc/aws/${version}/usage${query && `?${query}`}`)

  test('names the host, pins the version and asks for what is required', async () => {
    const { text, html, ...said } = await usage('')

    expect(said).toEqual({ source: 'registry.example.com/acme/vpc/aws', version: '~> 1.2', refusedHost: null })
    expect(text).toBe(`module "vpc" {
  source  = "registry.example.com/acme/vpc/aws"
  version = "~> 1.2"

  cidr  = "" # required, string
  peers = {} # required, map(tuple([string, number]))
}
`)
    expect(html).toContain('<span class="code-keyword">module </span>')
  })

  test.each([
    ['mode=minimal', 'module "vpc" {\n  source  = "registry.example.com/acme/vpc/aws"\n  version = "~> 1.2"\n}\n'],
    ['mode=minimal&pin=exact', 'version = "1.2.3"\n'],
    ['mode=all', '  subnets = []\n  token   = null\n}\n'],
    ['folder=modules/subnets', 'source  = "registry.example.com/acme/vpc/aws//modules/subnets"\n'],
    ['client=terragrunt&mode=minimal', 'source = "tfr://registry.example.com/acme/vpc/aws?version=1.2.3"\n'],
  ])('with %s has what was asked for', async (query, expected) => {
    expect((await usage(query)).text).toContain(expected)
  })

  test('of a prerelease takes that one alone', async () => {
    expect((await usage('', '2.0.0-rc.1')).version).toBe('2.0.0-rc.1')
  })
})

describe('the search', () => {
  const found = async (q: string) =>
    (await get(`/api/v1/search?q=${encodeURIComponent(q)}`)).items.map(({ address }: { address: string }) => address)

  test.each([
    'resource:aws_vpc',
    'resource:aws_subnet',
    'input:cidr',
    'output:vpc_id',
    'provider:hashicorp/aws',
    'uses:acme/labels/generic',
    'license:mit',
    'licence:MIT',
    'parts system:aws',
  ])('finds the module by %s', async (q) => {
    expect(await found(q)).toContain('acme/vpc/aws')
  })

  test('knows what the newest version that is no prerelease has, through publishing, deleting and restoring', async () => {
    const withInput = (name: string) => tarGz({ 'main.tf': `variable "${name}" {}\n` })
    const path = '/api/v1/modules/acme/moving/aws/1.1.0'
    await registry.admin.publishModule('acme/moving/aws', '1.0.0', withInput('first_one'))
    await registry.admin.publishModule('acme/moving/aws', '1.1.0', withInput('second_one'))
    await registry.admin.publishModule('acme/moving/aws', '2.0.0-rc.1', withInput('third_one'))
    const known = async () =>
      (await Promise.all(['first_one', 'second_one', 'third_one'].map((name) => found(`input:${name}`)))).map(
        (all) => all.length,
      )

    expect(await known()).toEqual([0, 1, 0])
    expectStatus(await registry.admin.send('DELETE', path), 200)
    expect(await known()).toEqual([1, 0, 0])
    expectStatus(await registry.admin.send('POST', `${path}/restore`), 200)
    expect(await known()).toEqual([0, 1, 0])
  })

  test('does not find what is private by what it has', async () => {
    const addresses = await found('resource:aws_vpc')

    expect(addresses).not.toContain('secret/vpc/aws')
  })
})
