/**
 * One PostgreSQL for a whole test run, and in it one migrated template: the embedded server, or the one that
 * CADASTRE_TEST_POSTGRES_URL names (a superuser's address). Each test file copies the template.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../src/foundation/database/embedded.ts'
import { migrateUp } from '../src/foundation/database/migrate.ts'

export type TestPostgres = { superuser: pg.ClientConfig; owner: string; application: string; template: string }

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestPostgres
  }
}

const [owner, application] = ['cadastre_owner', 'cadastre_app']

export default async function setup(project: TestProject) {
  const given = process.env.CADASTRE_TEST_POSTGRES_URL
  const server = given ? await givenServer(given) : await embeddedServer()
  const template = `template_${project.name}_${process.pid}`
  await makeTemplate(server.superuser, template)
  project.provide('postgres', { superuser: server.superuser, owner, application, template })
  return async () => {
    await query(server.superuser, `drop database if exists ${template} with (force)`)
    await server.stop()
  }
}

async function embeddedServer() {
  const dataDir = await mkdtemp(join(tmpdir(), 'cadastre-tests-'))
  // Of several files at once, each with a few registries.
  const postgres = await startEmbeddedPostgres({ dataDir, connections: 75 })
  await careForNoCrash(postgres.superuser)
  const stop = async () => {
    await postgres.stop()
    await rm(postgres.folder, { recursive: true, force: true })
    await rm(dataDir, { recursive: true, force: true })
  }
  return { superuser: { ...postgres.superuser }, stop }
}

/** What tests leave is thrown away, so nothing waits for the disk. */
async function careForNoCrash(superuser: pg.ClientConfig) {
  for (const setting of ['fsync = off', 'full_page_writes = off', 'synchronous_commit = off', "max_wal_size = '1GB'"])
    await query(superuser, `alter system set ${setting}`)
  await query(superuser, 'select pg_reload_conf()')
}

async function givenServer(address: string) {
  const { hostname, port, username, password, searchParams } = new URL(address)
  const superuser = {
    host: searchParams.get('host') ?? hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password) || undefined,
    database: 'postgres',
  }
  for (const role of [owner, application]) {
    const known = await query(superuser, 'select from pg_roles where rolname = $1', [role])
    if (known.rowCount === 0) await query(superuser, `create role ${role} login`)
  }
  return { superuser, stop: async () => {} }
}

async function makeTemplate(superuser: pg.ClientConfig, template: string) {
  await query(superuser, `create database ${template} owner ${owner}`)
  await query({ ...superuser, database: template }, 'revoke create on schema public from public')
  await migrateUp({ ...superuser, user: owner, database: template }, { applicationRole: application })
}

async function query(login: pg.ClientConfig, text: string, values: unknown[] = []) {
  const client = new pg.Client(login)
  await client.connect()
  return client.query(text, values).finally(() => client.end())
}
