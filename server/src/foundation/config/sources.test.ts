/** Where settings are found, and which place wins. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadSettings } from './load.ts'
import { type Environment, places } from './sources.ts'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cadastre-settings-'))
})
afterEach(() => rmSync(cwd, { recursive: true }))

function write(name: string, text: string): string {
  const path = join(cwd, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}
const load = (env: Environment = {}) => loadSettings({ cwd, env })
const portWith = (env?: Environment) => load(env).config.server.port
const refusal = (env?: Environment) => {
  try {
    load(env)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('the file', () => {
  test('is the first that is there, in the working directory or in /etc', () => {
    write('config/config.yaml', 'server: { port: 1002 }')
    const second = { port: portWith(), file: load().file }
    write('config.yaml', 'server: { port: 1001 }')
    const first = { port: portWith(), file: load().file }

    expect(second).toEqual({ port: 1002, file: join(cwd, 'config/config.yaml') })
    expect(first).toEqual({ port: 1001, file: join(cwd, 'config.yaml') })
    expect(places).toEqual([
      'config.yaml',
      'config/config.yaml',
      '/etc/cadastre/config.yaml',
      '/etc/terraform-registry/config.yaml',
    ])
  })

  test('is the one that CONFIG_PATH names, whatever others there are', () => {
    write('config.yaml', 'server: { port: 1001 }')
    const path = write('elsewhere/mine.yaml', 'server: { port: 1003 }')

    expect(portWith({ CONFIG_PATH: path })).toBe(1003)
    expect(portWith({ CONFIG_PATH: 'elsewhere/mine.yaml' })).toBe(1003)
    expect(load({ CONFIG_PATH: path }).sources.get('server.port')).toBe(path)
  })

  test('that CONFIG_PATH names has to be there', () => {
    expect(refusal({ CONFIG_PATH: 'missing.yaml' })).toContain(
      'missing.yaml: CONFIG_PATH names a file that does not exist.',
    )
  })

  test('may be named in .env', () => {
    write('mine.yaml', 'server: { port: 1004 }')
    write('.env', 'CONFIG_PATH=mine.yaml')

    expect(portWith()).toBe(1004)
  })

  test.each([
    ['server: [', 'This is not YAML'],
    ['- a', 'The file has to be a mapping of settings.'],
    ['just text', 'The file has to be a mapping of settings.'],
    ['server: 80', 'server (config.yaml): This is a section, and needs settings below it.'],
    ['server: { port: [1] }', 'server.port (config.yaml): [1] does not fit'],
    ['server: { port: { a: 1 } }', 'server.port (config.yaml)'],
  ])('%s is refused', (text, sentence) => {
    write('config.yaml', text)

    expect(refusal()).toContain(sentence)
  })

  test.each(['', '# nothing\n', 'server:\n', 'server:\n  port:\n'])('%j sets nothing', (text) => {
    write('config.yaml', text)

    expect(portWith()).toBe(8080)
  })

  test('keeps letters, numbers and lists as YAML has them', () => {
    write(
      'config.yaml',
      `server: { read_timeout: 90s, trusted_proxies: [10.0.0.0/8, "::1"] }
auth: { api_keys: { enabled: no } }
publish: { max_module_bytes: 5MiB }
database: { host: db, password: "a: b # c", port: "6000" }`,
    )

    const { config } = load()

    expect(config.server).toMatchObject({ read_timeout: 90_000, trusted_proxies: ['10.0.0.0/8', '::1'] })
    expect(config.auth.api_keys.enabled).toBe(false)
    expect(config.publish.max_module_bytes).toBe(5 * 1024 * 1024)
    expect(config.database).toMatchObject({ password: 'a: b # c', port: 6000 })
  })
})

describe('variables in the file', () => {
  test('are replaced, with a default or not, also inside a longer text', () => {
    write(
      'config.yaml',
      `server: { base_url: "https://\${NAME}.example.com", port: "\${PORT:-9000}", host: "\${HOST:-}" }
database: { host: "\${DB:-db}", password: "\${SECRET}" }
telemetry: { service_name: "$\${NAME} $5" }`,
    )

    const { config } = load({ NAME: 'registry', SECRET: 'p#: w"${NAME}', HOST: '::' })

    expect(config.server).toMatchObject({ base_url: 'https://registry.example.com', port: 9000, host: '::' })
    // What comes from a variable is not read again.
    expect(config.database).toMatchObject({ host: 'db', password: 'p#: w"${NAME}' })
    expect(config.telemetry.service_name).toBe('${NAME} $5')
  })

  test('are replaced in lists', () => {
    write('config.yaml', 'server: { trusted_proxies: ["${PROXY}", 10.0.0.1] }')

    expect(load({ PROXY: '10.0.0.2' }).config.server.trusted_proxies).toEqual(['10.0.0.2', '10.0.0.1'])
  })

  test('come from .env too', () => {
    write('config.yaml', 'database: { host: db, password: "${DB_SECRET}" }')
    write('.env', 'DB_SECRET=from-file')

    expect(load().config.database.password).toBe('from-file')
  })

  test('that are not set are named, with their key', () => {
    write('config.yaml', 'database: { host: db, password: "${NOT_SET}" }')

    expect(refusal()).toContain('database.password (config.yaml): The variable NOT_SET is not set.')
    expect(refusal()).toContain('${NOT_SET:-default}')
  })
})

describe('the environment', () => {
  test('wins over .env, which wins over the file, which wins over the default', () => {
    expect(portWith()).toBe(8080)
    write('config.yaml', 'server: { port: 1001 }')
    expect(portWith()).toBe(1001)
    write('.env', 'TFR_SERVER_PORT=1002')
    expect(portWith()).toBe(1002)
    expect(portWith({ TFR_SERVER_PORT: '1003' })).toBe(1003)
  })

  test('names the source of each value', () => {
    write('config.yaml', 'logging: { level: debug }')
    write('.env', 'TFR_SERVER_PORT=1002')

    const { sources } = load({ TFR_SERVER_HOST: '127.0.0.1' })

    expect(Object.fromEntries(sources)).toEqual({
      'logging.level': 'config.yaml',
      'server.port': 'TFR_SERVER_PORT in .env',
      'server.host': 'TFR_SERVER_HOST',
    })
  })

  test('has lists with commas', () => {
    const { config } = load({
      TFR_SECURITY_CORS_ALLOWED_ORIGINS: 'https://a.example, https://b.example,',
      TFR_SERVER_TRUSTED_PROXIES: '10.0.0.0/8',
    })

    expect(config.security.cors.allowed_origins).toEqual(['https://a.example', 'https://b.example'])
    expect(config.server.trusted_proxies).toEqual(['10.0.0.0/8'])
  })

  test('sets nothing with an empty variable', () => {
    expect(portWith({ TFR_SERVER_PORT: '' })).toBe(8080)
  })

  test('may hold an unknown TFR_ variable, which is a notice, and those of the CLI, which are not ours', () => {
    const { notices } = load({ TFR_SERVER_PROT: '1', TFR_CLI_HOST: 'registry.example.com', TFR_CLI_TOKEN: 'tfr_x' })

    expect(notices).toEqual(['TFR_SERVER_PROT is no setting and changes nothing. Do you mean TFR_SERVER_PORT?'])
  })

  test('may say telemetry.tracing.jaeger_endpoint, in the file too, which is a notice', () => {
    write('config.yaml', 'telemetry: { tracing: { jaeger_endpoint: "http://a:14268" } }')

    const inFile = load()
    const inEnvironment = load({ TFR_TELEMETRY_TRACING_JAEGER_ENDPOINT: 'http://b:14268' })

    expect(inFile.config.telemetry.tracing.otlp_endpoint).toBe('http://a:14268')
    expect(inFile.notices.join()).toContain('jaeger_endpoint is read as telemetry.tracing.otlp_endpoint.')
    expect(inEnvironment.config.telemetry.tracing.otlp_endpoint).toBe('http://b:14268')
    expect(inEnvironment.notices.join()).toContain('is read as TFR_TELEMETRY_TRACING_OTLP_ENDPOINT.')
  })
})

describe('the names of the catalogue that came before', () => {
  const catalogue = {
    TOFU_REGISTRY_DB_TYPE: 'postgres',
    TOFU_REGISTRY_DB_HOST: 'db.example.com',
    TOFU_REGISTRY_DB_PORT: '6432',
    TOFU_REGISTRY_DB_NAME: 'opentofu',
    TOFU_REGISTRY_DB_USER: 'opentofu_user',
    TOFU_REGISTRY_DB_PASSWORD: 'secret',
    TOFU_REGISTRY_DB_SSLMODE: 'verify-full',
  }

  test('are enough', () => {
    write(
      '.env',
      Object.entries(catalogue)
        .map((pair) => pair.join('='))
        .join('\n'),
    )

    const { config, notices, sources } = load()

    expect(config.database).toMatchObject({
      host: 'db.example.com',
      port: 6432,
      name: 'opentofu',
      user: 'opentofu_user',
      password: 'secret',
      ssl_mode: 'verify-full',
    })
    expect(notices).toEqual([])
    expect(sources.get('database.name')).toBe('TOFU_REGISTRY_DB_NAME in .env')
  })

  test('give way to the file and to TFR_', () => {
    write('config.yaml', 'database: { name: from_file }')

    const { config } = load({ ...catalogue, TFR_DATABASE_USER: 'from_environment' })

    expect(config.database).toMatchObject({ name: 'from_file', user: 'from_environment', port: 6432 })
  })

  test.each(['mysql', 'sqlite'])('refuse the type %s', (type) => {
    expect(refusal({ TOFU_REGISTRY_DB_TYPE: type })).toContain(
      `Cadastre keeps its data in PostgreSQL, and this asks for ${type}. Set it to postgres, or leave it out.`,
    )
  })

  test.each(['postgres', 'PostgreSQL', ''])('accept the type %j', (type) => {
    expect(refusal({ TOFU_REGISTRY_DB_TYPE: type })).toBe('')
  })
})
