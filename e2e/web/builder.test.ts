/** The builder in a real browser: filled in with the keyboard, what it comes to is taken by the real terraform. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tarGz } from '../../server/test/archives.ts'
import { expectStatus } from '../../server/test/client.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { brokenRules, inChromium, scrollsSideways } from '../browser.ts'
import { startFront } from '../front.ts'
import { eachProgram, workplace } from '../terraform.ts'
import { fill, focusIsIn, named, tabTo } from './keyboard.ts'
import { eventually, open, watch } from './watched.ts'

const files = {
  'variables.tf': `variable "name" {
  type        = string
  description = "What it is called."
}

variable "kind" {
  type = string
  validation {
    condition     = contains(["small", "large"], var.kind)
    error_message = "It is small or large."
  }
}

variable "size" {
  type     = number
  default  = 3
  nullable = false
}

variable "open" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "subnets" {
  type = list(object({
    name = string
    size = optional(number)
  }))
  default = []
}

variable "token" {
  type      = string
  default   = null
  sensitive = true
}

variable "anything" {
  type    = any
  default = null
}
`,
  'outputs.tf': 'output "name" {\n  value = var.name\n}\n',
  'modules/part/main.tf': 'variable "of" {\n  type = string\n}\n',
}

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_SERVER_BASE_URL: 'http://registry.example.test' } })
  await registry.given.namespace('acme')
  expectStatus(await registry.admin.publishModule('acme/site/generic', '1.1.0', tarGz(files)), 201)
  expectStatus(await registry.admin.publishModule('acme/site/generic', '1.2.0', tarGz(files)), 201)
  expectStatus(await registry.admin.publishModule('acme/bare/generic', '1.0.0', tarGz({ 'main.tf': '' })), 201)
})
afterAll(() => registry?.stop())

const builder = '/modules/acme/site/generic/builder'

const blockIn = (page: Page): Promise<string> => page.evaluate(`document.querySelector('#use pre').textContent`)
const clipboardOf = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()')
const choose = (page: Page, label: string, option: string) =>
  page.getByLabel(label, { exact: true }).selectOption(option)

async function opened(page: Page, path = builder) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: registry.url })
  await open(page, registry.url + path)
}

const heldIn = (address: string) => Buffer.from(address.split('#fill=')[1] ?? '', 'base64url').toString()

/** Copies what stands beside the form, by its key. */
async function copied(page: Page): Promise<string> {
  await page.evaluate('document.activeElement.blur()')
  await page.keyboard.press('y')
  await eventually(() => clipboardOf(page)).toMatch(/^(module|terraform)/)
  return clipboardOf(page)
}

const filledByHand = `module "site" {
  source  = "registry.example.test/acme/site/generic"
  version = "~> 1.2"

  name = "say \\"\${x}\\""
  kind = "large"
  size = 12
  open = false
  tags = {
    a     = "1"
    "b c" = local.c
  }
  subnets = [
    {
      name = "two"
    },
    {
      name = "one"
      size = 4
    },
  ]
  token = var.token
}

variable "token" {
  type      = string
  sensitive = true
}
`.replace('${', () => '$${')

inChromium((visit) => {
  eachProgram((program) => {
    test('somebody fills in what is required with the keyboard, and the client takes the block', async () => {
      const page = await visit()
      await opened(page)

      await fill(page, 'name', 'main')
      await tabTo(page, 'kind')
      await page.keyboard.type('large')
      await eventually(() => blockIn(page)).toContain('kind = "large"')
      const block = await copied(page)

      expect(block).toBe(`module "site" {
  source  = "registry.example.test/acme/site/generic"
  version = "~> 1.2"

  name = "main"
  kind = "large"
}
`)
      const cli = await workplace(program, { through: await startFront(registry.url), files: { 'main.tf': block } })
      expect(await cli.run('init')).toMatchObject({ code: 0 })
      expect(await cli.run('validate')).toMatchObject({ code: 0 })
    })

    test('what is put together in every kind of field is taken, and is as terraform writes it', async () => {
      const page = await visit()
      await opened(page)
      await fillInAll(page)

      await eventually(() => blockIn(page)).toBe(filledByHand)
      const block = await copied(page)

      const cli = await workplace(program, { through: await startFront(registry.url), files: { 'main.tf': block } })
      await cli.write({ 'locals.tf': 'locals {\n  c = "c"\n}\n' })
      expect(await cli.run('fmt', '-check', '-diff')).toMatchObject({ code: 0 })
      expect(await cli.run('init')).toMatchObject({ code: 0 })
      expect(await cli.run('validate')).toMatchObject({ code: 0 })
    })
  })

  async function fillInAll(page: Page) {
    await page.getByLabel('name', { exact: true }).fill('say "${x}"')
    await choose(page, 'kind', 'large')
    await page.getByText('Optional 6').click()
    await page.getByLabel('size', { exact: true }).fill('12')
    await choose(page, 'open', 'false')
    await page.getByRole('button', { name: 'Add to tags' }).click()
    await eventually(() => named(page)).toBe('tags key 1')
    await page.keyboard.type('a')
    await page.getByLabel('tags value 1', { exact: true }).fill('1')
    await page.getByRole('button', { name: 'Add to tags' }).click()
    await page.getByLabel('tags key 2').fill('b c')
    await choose(page, 'How tags value 2 is given', 'expression')
    await page.getByLabel('tags value 2', { exact: true }).fill('local.c')
    for (const [at, name] of ['one', 'two'].entries()) {
      await page.getByRole('button', { name: 'Add to subnets' }).click()
      const item = page.getByRole('group', { name: `subnets ${at + 1}`, exact: true })
      await item.getByLabel('name (required)', { exact: true }).fill(name)
      if (at === 0) await item.getByLabel('size', { exact: true }).fill('4')
    }
    await page.getByRole('button', { name: 'Move subnets 2 up' }).click()
    await choose(page, 'token', 'var.token')
  }

  test('what is wrong is said beside its field once that was left, and the list leads there', async () => {
    const page = await visit()
    await opened(page)
    const said = page.getByText('This is not a number.')
    await page.getByText('Optional 6').click()

    await page.getByLabel('size', { exact: true }).fill('12a')
    expect(await page.locator('form').getByText('This is not a number.').count()).toBe(0)
    await page.keyboard.press('Tab')

    await eventually(() => page.locator('form').getByText('This is not a number.').count()).toBe(1)
    expect(await page.getByLabel('size', { exact: true }).getAttribute('aria-invalid')).toBe('true')
    expect(await said.count()).toBe(2)
    expect(await blockIn(page)).toContain(
      '  # name: required, string\n  # kind: required, string\n  # size: not a number\n',
    )
    await page.getByText('Optional 6').click()
    await page.getByRole('region', { name: 'What is left to do' }).getByRole('link', { name: 'size' }).click()
    await eventually(() => named(page)).toBe('size')
    await page.keyboard.type('0')
    await page.getByLabel('size', { exact: true }).fill('12')
    await eventually(() => page.getByText('Left to do: 2').count()).toBe(1)
    expect(await brokenRules(page)).toEqual([])
  })

  test('the address holds what is filled in and can be passed on; secrets are not in it', async () => {
    const page = await visit()
    await opened(page)
    await fillInAll(page)
    await choose(page, 'token', 'another reference')
    await page.getByLabel('Expression for token').fill('"hunter2"')
    // `var.token` was in it, and goes.
    await eventually(() => heldIn(page.url())).toMatch(/^(?!.*token).*"two"/)
    const address = page.url()
    const held = heldIn(address)

    const other = await visit()
    const watched = watch(other, registry.url)
    await open(other, address)

    expect(held).toContain('local.c')
    expect(held).not.toContain('hunter2')
    expect(await blockIn(page)).not.toContain('hunter2')
    await eventually(() => blockIn(other)).toContain('name = "two"')
    expect(await blockIn(other)).not.toContain('token')
    expect(watched).toEqual({ complaints: [], elsewhere: [] })
    expect(await brokenRules(other)).toEqual([])
    for (const width of [320, 768, 1440]) {
      await other.setViewportSize({ width, height: 740 })
      expect([width, await scrollsSideways(other)]).toEqual([width, false])
    }
  })

  test('links within the page, to the section and to another version keep what is filled in', async () => {
    const page = await visit()
    await opened(page)
    const name = page.getByLabel('name', { exact: true })
    await name.fill('main')
    await eventually(() => heldIn(page.url())).toContain('main')
    const held = heldIn(page.url())

    for (const link of ['Skip to content', 'Skip to usage block', 'Skip to content']) {
      await page.getByRole('link', { name: link }).press('Enter')
      await eventually(() => heldIn(page.url())).toBe(held)
      expect(await name.inputValue()).toBe('main')
    }
    for (const _time of [1, 2]) {
      await page.getByRole('link', { name: 'Builder', exact: true }).first().click()
      await eventually(() => heldIn(page.url())).toBe(held)
    }
    await page.getByText('1.2.0', { exact: true }).first().click()
    await page.getByRole('link', { name: '1.1.0' }).click()
    await eventually(() => page.url()).toContain('/1.1.0/builder#fill=')
    await eventually(() => blockIn(page)).toContain('version = "~> 1.1"\n\n  name = "main"')
  })

  test('what an address filled in is to be read first, which is said until somebody changes it', async () => {
    const page = await visit()
    const said = page.getByText('Filled in by the address of this page: read it before you use it.')

    await opened(page)
    expect(await said.count()).toBe(0)
    const filled = Buffer.from(JSON.stringify({ name: { is: 'text', text: 'main' } })).toString('base64url')
    await open(page, `${registry.url}/modules`)
    await open(page, `${registry.url}${builder}#fill=${filled}`)
    expect(await said.count()).toBe(1)
    await page.getByLabel('name', { exact: true }).fill('other')
    await eventually(() => said.count()).toBe(0)
    await eventually(() => heldIn(page.url())).toContain('other')
    expect(await said.count()).toBe(0)
  })

  test('an address that somebody made up does nothing but fill in what fits', async () => {
    const page = await visit()
    const watched = watch(page, registry.url)
    const bad = '1\n}\nresource "null_resource" "x" {'
    const foreign = {
      name: { is: 'text', text: '<img src=x onerror=alert(1)>' },
      size: { is: 'list', items: [] },
      anything: { is: 'expression', text: bad },
    }

    await opened(page, `${builder}#fill=${Buffer.from(JSON.stringify(foreign)).toString('base64url')}`)

    expect(await page.getByLabel('name', { exact: true }).inputValue()).toBe('<img src=x onerror=alert(1)>')
    expect(await blockIn(page)).toContain('  # anything: the expression is not whole\n')
    expect(await blockIn(page)).not.toContain('null_resource')
    expect(watched).toEqual({ complaints: [], elsewhere: [] })
    await open(page, `${registry.url}/modules`)
    await open(page, `${registry.url}${builder}#fill=%%%`)
    expect(await page.getByLabel('name', { exact: true }).inputValue()).toBe('')
  })

  test('t leads to the filter, the other clients have their blocks, and the text for a pull request says what is set', async () => {
    const page = await visit()
    await opened(page)

    await page.keyboard.press('t')
    await eventually(() => named(page)).toBe('Filter inputs')
    await page.keyboard.type('subn')
    await eventually(() => page.getByRole('group', { name: 'subnets' }).count()).toBe(1)
    expect(await page.getByLabel('name', { exact: true }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByLabel('name', { exact: true }).fill('main')
    await page.getByText('Terragrunt', { exact: true }).click()
    await eventually(() => blockIn(page)).toContain('?version=1.2.0"\n}\n\ninputs = {\n  name = "main"\n')
    await page.getByText('OpenTofu', { exact: true }).click()
    await page.getByText('exactly', { exact: true }).click()
    await eventually(() => blockIn(page)).toContain('version = "1.2.0"')
    await page.getByText('Text for a pull request').click()

    const text = page.getByRole('group', { name: 'the text for a pull request' })
    expect(await text.textContent()).toContain('- Inputs that are set: `name`')
    expect(await text.textContent()).toContain('- Still missing: `kind`')
  })

  test('the rail of a module leads to it, for a submodule to its own inputs', async () => {
    const page = await visit()
    await opened(page, '/modules/acme/site/generic/submodules/part')

    await page.getByRole('link', { name: 'Fill in the inputs' }).click()
    await page.getByLabel('of', { exact: true }).fill('x')

    await eventually(() => blockIn(page)).toContain('/acme/site/generic//modules/part"')
    expect(await focusIsIn(page, 'form')).toBe(true)
    await open(page, `${registry.url}/modules/acme/bare/generic/builder`)
    expect(await page.locator('main').textContent()).toContain('Nothing to fill in')
    expect(await open(page, `${registry.url}${builder}?folder=modules/none`)).toBe(404)
  })
})
