/** Commands that run where the server runs are handed over to its program. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serverCommands } from '../src/server-program.ts'
import { cadastreProgram, type Desk, desk } from './cadastre.ts'

let here: Desk
beforeEach(() => {
  here = desk()
})
afterEach(() => here.clear())

describe('in a clone', () => {
  test.each(Object.keys(serverCommands))('%s has the help of the server program', async (command) => {
    const direct = await here.run([command, '--help'])
    const asked = await here.run(['help', command])

    expect(direct).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`Usage: cadastre ${command}`) })
    expect(asked.out).toBe(direct.out)
    expect(direct.out).not.toContain('--ca-file')
  })

  test('arguments, output and exit code are those of the server program', async () => {
    const explained = await here.run(['config', 'explain', 'server.port'], { env: { TFR_SERVER_PORT: '8123' } })
    const unwell = await here.run(['healthcheck'], { env: { TFR_SERVER_PORT: '1', TFR_SERVER_HOST: '127.0.0.1' } })

    expect(explained).toMatchObject({ code: 0, out: expect.stringContaining('8123') })
    expect(unwell).toMatchObject({ code: 7, err: expect.stringContaining('The registry does not answer') })
  })

  test('serve is found by the other commands, ends on a signal, and is gone from then on', async () => {
    const env = {
      TFR_DATA_DIR: join(here.folder, 'data'),
      TFR_SERVER_PORT: '0',
      TFR_TELEMETRY_METRICS_ENABLED: 'false',
    }
    const server = here.start(['serve'], { env })
    await expect.poll(() => here.run(['whoami'], { env }).then(({ out }) => out)).toContain('admin on platform')

    const looked = await here.run(['doctor', '--server'], { env })
    expect(looked.out).toMatch(/^ok\tdatabase\tPostgreSQL \S+ answers: the embedded .+ of the registry that runs\./m)

    server.child.kill('SIGTERM')

    expect((await server.ended).code).toBe(0)
    expect(await here.run(['whoami'], { env })).toMatchObject({
      code: 2,
      err: expect.stringContaining('none runs here'),
    })
  })
})

describe('in an installation', () => {
  let place: string
  let program: string
  beforeEach(async () => {
    await here.run(['--help'])
    place = mkdtempSync(join(tmpdir(), 'cadastre-installed-'))
    const root = join(place, 'node_modules/cadastre')
    const from = join(dirname(cadastreProgram), '..')
    for (const part of ['bin', 'dist', 'package.json']) cpSync(join(from, part), join(root, part), { recursive: true })
    program = join(root, 'bin/cadastre.mjs')
  })
  afterEach(() => rmSync(place, { recursive: true, force: true }))

  test('without the server, they say where they run', async () => {
    const refused = await here.run(['migrate', 'up'], { program })

    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        'cadastre migrate runs where the server runs, and the server is not installed here.',
      ),
    })
    expect(await here.run(['version'], { program })).toMatchObject({ code: 0 })
  })

  test('with the server beside it, it is found', async () => {
    const server = join(place, 'node_modules/@cadastre/server')
    mkdirSync(join(server, 'dist'), { recursive: true })
    writeFileSync(join(server, 'package.json'), '{"exports":{"./commands":"./dist/commands.cjs"}}')
    writeFileSync(
      join(server, 'dist/commands.cjs'),
      `exports.run = async (args) => { if (args[1]) throw new Error(args.join(' ')); console.log('ran', args[0]) }
       exports.exitOf = (error) => ({ text: error.message, code: 5 })`,
    )

    expect(await here.run(['migrate'], { program })).toMatchObject({ code: 0, out: 'ran migrate\n' })
    expect(await here.run(['migrate', 'down'], { program })).toMatchObject({ code: 5, err: 'migrate down\n' })
  })
})
