/** The Compose file and what it mounts: read as YAML, and tried on a real PostgreSQL and a running registry. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadSettings } from '../server/src/foundation/config/load.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../server/src/foundation/database/embedded.ts'
import { createLog } from '../server/src/foundation/log.ts'
import { startRegistry as start } from '../server/src/main.ts'
import { query } from '../server/test/embedded.ts'
import { startRegistry } from '../server/test/registry.ts'
import { checkout, readDockerfile } from './dockerfile.ts'

type Service = {
  image: string
  profiles?: string[]
  environment?: Record<string, string>
  volumes?: string[]
  ports?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[]; interval: string }
  read_only?: boolean
  cap_drop?: string[]
}

const read = (path: string) => readFileSync(join(checkout, 'deploy', path), 'utf8')
const compose = parse(read('compose.yaml')) as { services: Record<string, Service>; volumes: Record<string, unknown> }
const services = Object.entries(compose.services)

describe('compose.yaml', () => {
  test('every service has a health check', () => {
    const checked = services.filter(([, { healthcheck }]) => healthcheck?.test.length && healthcheck.interval)
    expect(checked.map(([name]) => name)).toEqual(['database', 'registry', 'prometheus', 'grafana'])
    expect(services.length).toBe(checked.length)
  })

  test('each waits until what it needs is healthy', () => {
    const waits = services.flatMap(([name, { depends_on = {} }]) =>
      Object.entries(depends_on).map(([on, { condition }]) => `${name} → ${on}: ${condition}`),
    )
    expect(waits).toEqual([
      'registry → database: service_healthy',
      'prometheus → registry: service_healthy',
      'grafana → prometheus: service_healthy',
    ])
  })

  test('database and artefacts lie in named volumes, and every mounted file is there', () => {
    const mounts = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0]!))
    const named = mounts.filter((source) => !source.startsWith('.'))
    expect(named.sort()).toEqual(Object.keys(compose.volumes).sort())
    expect(compose.services.database!.volumes).toContain('database:/var/lib/postgresql/data')
    expect(compose.services.registry!.volumes).toEqual(['artefacts:/data'])
    for (const source of mounts.filter((each) => each.startsWith('.')))
      expect([source, existsSync(join(checkout, 'deploy', source))]).toEqual([source, true])
  })

  test('monitoring is a profile of its own', () => {
    const of = (profile: string | undefined) =>
      services.filter(([, { profiles }]) => profiles?.[0] === profile).map(([name]) => name)
    expect([of(undefined), of('monitoring')]).toEqual([
      ['database', 'registry'],
      ['prometheus', 'grafana'],
    ])
  })

  test('no secret stands in it: each comes from the environment, and a missing one is named in a sentence', () => {
    const secrets = services.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|KEY|MIGRATION_URL/.test(name)),
    )
    expect(secrets.length).toBe(7)
    for (const [name, value] of secrets)
      expect([name, value]).toEqual([name, expect.stringMatching(/\$\{\w+:\?is missing; make deploy\/\.env with \S+}/)])
    expect(() => filled(compose.services.grafana!.environment!.GF_SECURITY_ADMIN_PASSWORD!, {})).toThrow(
      'GRAFANA_PASSWORD is missing; make deploy/.env',
    )
  })

  test('make-env.sh writes every secret, for its owner alone, and never a second time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cadastre-env-'))
    try {
      execFileSync('cp', [join(checkout, 'deploy/make-env.sh'), folder])
      execFileSync('sh', [join(folder, 'make-env.sh')])
      const written = readFileSync(join(folder, '.env'), 'utf8')
      const names = [...read('compose.yaml').matchAll(/\$\{(\w+):\?/g)].map((found) => found[1]!)
      for (const name of new Set(names)) expect(written).toMatch(new RegExp(`^${name}=[0-9a-f]{64}$`, 'm'))
      expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600)
      expect(spawnSync('sh', [join(folder, 'make-env.sh')]).status).toBe(1)
      expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(written)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('the registry runs on a read-only root without capabilities', () => {
    expect(compose.services.registry).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
  })
})

describe('monitoring', () => {
  const board = JSON.parse(read('grafana/dashboards/cadastre.json'))
  const queries: string[] = board.panels.flatMap((panel: { targets?: { expr: string }[] }) =>
    (panel.targets ?? []).map(({ expr }) => expr),
  )

  test('the target of Prometheus is the metrics port of the registry, on all its addresses', () => {
    const [job] = parse(read('prometheus/prometheus.yml')).scrape_configs
    const { config } = loadSettings({ cwd: tmpdir(), env: {} })
    expect(job.static_configs[0].targets).toEqual([`registry:${config.telemetry.metrics.prometheus_port}`])
    const environment = compose.services.registry!.environment!
    expect(Object.keys(environment).filter((name) => /TELEMETRY|SERVER_HOST/.test(name))).toEqual([])
    const image = readDockerfile(readFileSync(join(checkout, 'Dockerfile'), 'utf8'))[1]!
    expect(image.instructions.find(({ name }) => name === 'ENV')!.args).toContain('TFR_SERVER_HOST=0.0.0.0')
  })

  test('Grafana finds its data source and its boards', () => {
    const folder = 'grafana/provisioning'
    const [source] = parse(read(`${folder}/datasources/prometheus.yaml`)).datasources
    expect([source.type, source.url]).toEqual(['prometheus', 'http://prometheus:9090'])
    const [provider] = parse(read(`${folder}/dashboards/cadastre.yaml`)).providers
    expect(compose.services.grafana!.volumes).toContain(`./grafana/dashboards:${provider.options.path}:ro`)
    expect(readdirSync(join(checkout, 'deploy/grafana/dashboards'))).toEqual(['cadastre.json'])
  })

  test('every metric and label of the board is one that a running registry gives', async () => {
    const registry = await startRegistry({
      env: { TFR_TELEMETRY_METRICS_ENABLED: 'true', TFR_TELEMETRY_METRICS_PROMETHEUS_PORT: '0' },
    })
    try {
      await registry.anonymous.get('/health')
      await registry.anonymous.get('/v1/modules/a/b/c/versions')
      const text = await registry.app.metrics.registry.metrics()
      const given = new Map<string, Set<string>>()
      for (const [, name, labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
        const known = given.get(name!) ?? new Set(['job', 'instance'])
        for (const [, label] of labels.matchAll(/(\w+)="/g)) known.add(label!)
        given.set(name!, known)
      }
      const asked = queries.flatMap((query) => [...query.matchAll(/\b(\w+)\{/g)].map((found) => found[1]!))
      const unknown = [...new Set(asked)].filter((name) => name !== 'up' && !given.has(name))
      expect(unknown).toEqual([])
      expect(new Set(asked).size).toBeGreaterThanOrEqual(12)
      for (const query of queries) {
        const metric = /\b(\w+)\{/.exec(query)![1]!
        if (metric === 'up') continue
        const grouped = [...query.matchAll(/by \(([^)]*)\)/g)].flatMap((found) => found[1]!.split(/, */))
        const selected = [...query.matchAll(/(\w+)(?:=|=~)"/g)].map((found) => found[1]!)
        for (const label of [...grouped, ...selected])
          expect([query, [...given.get(metric)!]]).toEqual([query, expect.arrayContaining([label])])
      }
      expect(text).toMatch(/status="(4|2)xx"/)
    } finally {
      await registry.stop()
    }
  })

  test('every panel has a title, a query and a place of its own', () => {
    const places = board.panels.map(({ gridPos: { x, y } }: { gridPos: { x: number; y: number } }) => `${x} ${y}`)
    expect(new Set(places).size).toBe(places.length)
    for (const { title, type, targets } of board.panels) {
      expect(title).toBeTruthy()
      if (type !== 'row') expect(targets.length).toBeGreaterThan(0)
    }
  })
})

const hasPsql = spawnSync('psql', ['--version'], { encoding: 'utf8' }).stdout ?? ''
const psqlMajor = Number(/(\d+)/.exec(hasPsql)?.[1] ?? 0)
const passwords = {
  POSTGRES_PASSWORD: 'unused',
  CADASTRE_OWNER_PASSWORD: "owner's secret",
  CADASTRE_APP_PASSWORD: 'app-secret',
  CADASTRE_ENCRYPTION_KEY: 'k'.repeat(64),
}

describe.each([
  { by: 'pg', skip: false, run: runSql },
  { by: 'psql', skip: psqlMajor < 14, run: runPsql },
])('init.sql, run by $by', ({ skip, run }) => {
  describe.skipIf(skip)(skip ? 'needs psql 14 or newer' : 'as the PostgreSQL image runs it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cadastre-compose-'))
    const name = 'terraform_registry'
    let postgres: EmbeddedPostgres
    let env: Record<string, string>

    beforeAll(async () => {
      // Over TCP, so that passwords are asked for as in the image.
      postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), transport: 'loopback' })
      await query({ ...postgres.superuser, database: 'postgres' }, `create database ${name}`)
      await run(read('postgres/init.sql'), { ...postgres.superuser, database: name })
      const { host, port } = postgres.superuser
      const values = { ...passwords, CADASTRE_OWNER_PASSWORD: encodeURIComponent(passwords.CADASTRE_OWNER_PASSWORD) }
      env = Object.fromEntries(
        Object.entries(compose.services.registry!.environment!).map(([key, value]) => [
          key,
          filled(value, values).replace('@database:5432', `@${host}:${port}`),
        ]),
      )
      Object.assign(env, {
        TFR_DATABASE_HOST: host,
        TFR_DATABASE_PORT: String(port),
        TFR_DATA_DIR: join(folder, 'data'),
        TFR_SERVER_PORT: '0',
        TFR_TELEMETRY_METRICS_PROMETHEUS_PORT: '0',
      })
    })

    afterAll(async () => {
      await postgres?.stop()
      if (postgres) rmSync(postgres.folder, { recursive: true, force: true })
      rmSync(folder, { recursive: true, force: true })
    })

    test('with the environment of compose.yaml the registry migrates as the owner and serves as the application', async () => {
      const { config, notices } = loadSettings({ cwd: folder, env })
      expect(notices).toEqual([])
      const log = createLog({ level: 'warn', format: 'json', output: join(folder, 'log') })
      const registry = await start({ config, log, host: '127.0.0.1', metricsPortRequired: false })
      try {
        const health = await fetch(`${registry.address}/health`)
        expect(await health.json()).toMatchObject({ status: 'healthy' })
        const owners = await query(
          { ...postgres.superuser, database: name },
          `select distinct tableowner from pg_tables where schemaname in ('public', 'jobs', 'staging')`,
        )
        expect(owners).toEqual([{ tableowner: 'registry_owner' }])
      } finally {
        await registry.stop()
      }
    })

    test('the application role makes no tables, and a wrong password does not get in', async () => {
      const application = { ...postgres.superuser, user: 'registry', database: name }
      const signedIn = { ...application, password: passwords.CADASTRE_APP_PASSWORD }
      await expect(query(signedIn, 'create table mine (id int)')).rejects.toThrow('permission denied for schema public')
      await expect(query(signedIn, 'create schema mine')).rejects.toThrow('permission denied for database')
      await expect(query({ ...application, password: 'wrong' }, 'select 1')).rejects.toThrow(
        'password authentication failed',
      )
      const rights = await query(
        { ...postgres.superuser, database: name },
        `select rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles where rolname like 'registry%' order by 1`,
      )
      const none = { rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false }
      expect(rights).toEqual([
        { rolname: 'registry', ...none },
        { rolname: 'registry_owner', ...none },
      ])
    })
  })
})

type Login = { host: string; port: number; user: string; password?: string; database: string }

/** What psql makes of the file: `\getenv`, `:'text'` and `:"name"`. */
async function runSql(text: string, login: Login): Promise<void> {
  const known: Record<string, string> = { DBNAME: login.database }
  const statements = text.replace(/^\\getenv (\w+) (\w+)$/gm, (_line, variable: string, name: string) => {
    known[variable] = passwords[name as keyof typeof passwords]
    return ''
  })
  await query(
    login,
    statements
      .replace(/:'(\w+)'/g, (_whole, variable: string) => `'${known[variable]!.replaceAll("'", "''")}'`)
      .replace(/:"(\w+)"/g, (_whole, variable: string) => `"${known[variable]}"`),
  )
}

async function runPsql(_text: string, { host, port, user, password, database }: Login): Promise<void> {
  execFileSync(
    'psql',
    ['-v', 'ON_ERROR_STOP=1', '--no-password', '--no-psqlrc', '-f', join(checkout, 'deploy/postgres/init.sql')],
    {
      env: {
        PATH: process.env.PATH,
        PGHOST: host,
        PGPORT: String(port),
        PGUSER: user,
        PGPASSWORD: password,
        PGDATABASE: database,
        ...passwords,
      },
      stdio: 'pipe',
    },
  )
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?sentence}`, as Compose fills them in. */
function filled(text: string, values: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_whole, name: string, kind?: string, rest = '') => {
    const value = values[name]
    if (value) return value
    if (kind === '?') throw new Error(`${name} ${rest}`)
    return rest
  })
}
