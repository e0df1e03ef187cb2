import { describe, expect, test } from 'vitest'
import { chooseRegistry, type Named, type Places } from './registry-choice.ts'

type Given = { flags?: Partial<Named>; env?: Partial<Named>; file?: Partial<Named> } & Partial<Places>

const choose = ({ flags, env, file, ...places }: Given) =>
  chooseRegistry({
    named: [
      { hostFrom: '--host', tokenFrom: '--token', explicit: true, ...flags },
      { hostFrom: 'TFR_CLI_HOST', tokenFrom: 'TFR_CLI_TOKEN', explicit: false, ...env },
      { hostFrom: 'cadastre.yaml', tokenFrom: 'cadastre.yaml', explicit: false, ...file },
    ],
    terraformToken: () => undefined,
    running: () => undefined,
    ...places,
  })

const local = { url: 'http://127.0.0.1:8080', adminToken: 'admin', dataDir: '.cadastre' }
const stored = (hosts: Record<string, string>) => (key: string) =>
  hosts[key] === undefined ? undefined : { token: hosts[key], from: 'terraform' }

describe('the host', () => {
  test.each<[given: Given, base: string, from: string]>([
    [
      { flags: { host: 'a.example' }, env: { host: 'b.example' }, file: { host: 'c.example' } },
      'https://a.example',
      '--host',
    ],
    [{ env: { host: 'b.example' }, file: { host: 'c.example' } }, 'https://b.example', 'TFR_CLI_HOST'],
    [{ file: { host: 'c.example' }, running: () => local }, 'https://c.example', 'cadastre.yaml'],
    [{ running: () => local }, 'http://127.0.0.1:8080', 'the registry that runs on .cadastre'],
  ])('of %j is %s', (given, base, hostFrom) => {
    expect(choose(given)).toMatchObject({ base, hostFrom })
  })

  test('is missing when no place names one', () => {
    expect(() => choose({ flags: { token: 't' } })).toThrow('No registry is named')
  })
})

describe('the token', () => {
  test.each<[what: string, given: Given, token: string | undefined]>([
    ['the flag first', { flags: { host: 'a.example', token: '1' }, env: { token: '2' }, file: { token: '3' } }, '1'],
    ['a flag alone, for the host of elsewhere', { flags: { token: '1' }, env: { host: 'a.example', token: '2' } }, '1'],
    ['the variable second', { flags: { host: 'a.example' }, env: { token: '2' }, file: { token: '3' } }, '2'],
    ['the file third', { env: { host: 'a.example' }, file: { token: '3' } }, '3'],
    ['terraform last', { flags: { host: 'a.example' }, terraformToken: stored({ 'a.example': '4' }) }, '4'],
    [
      'of terraform, that of this port',
      { flags: { host: 'a.example:8443' }, terraformToken: stored({ 'a.example': '4', 'a.example:8443': '5' }) },
      '5',
    ],
    ['none', { flags: { host: 'a.example' } }, undefined],
    ["the clone's own", { running: () => local }, 'admin'],
    ["a stronger one for the clone's registry", { env: { token: '2' }, running: () => local }, '2'],
    [
      'not that of a variable beside another host',
      { flags: { host: 'a.example' }, env: { host: 'b.example', token: '2' } },
      undefined,
    ],
    [
      'not that of a file beside another host',
      { env: { host: 'a.example' }, file: { host: 'b.example', token: '3' } },
      undefined,
    ],
    [
      "past another host's, the next that fits",
      { flags: { host: 'a.example' }, env: { host: 'b.example', token: '2' }, file: { token: '3' } },
      '3',
    ],
    [
      'of the same host, written differently',
      { flags: { host: 'https://A.example:443' }, env: { host: 'a.example', token: '2' } },
      '2',
    ],
    [
      'not that of https for http',
      { flags: { host: 'http://a.example' }, env: { host: 'a.example', token: '2' } },
      undefined,
    ],
    [
      'not that of terraform for http',
      { flags: { host: 'http://a.example' }, terraformToken: stored({ 'a.example': '4' }) },
      undefined,
    ],
    [
      'not that of another port',
      { flags: { host: 'a.example:8443' }, env: { host: 'a.example', token: '2' } },
      undefined,
    ],
    [
      "not the clone's for a host that is named",
      { flags: { host: 'http://127.0.0.1:8080' }, running: () => local },
      undefined,
    ],
  ])('is %s', (_what, given, token) => {
    expect(choose(given).token).toBe(token)
  })

  test('that was passed over is told', () => {
    const { passedOver } = choose({ flags: { host: 'a.example' }, env: { host: 'b.example', token: 'secret' } })

    expect(passedOver).toEqual(['TFR_CLI_TOKEN is for b.example and is not sent to https://a.example.'])
  })
})

describe('plain http', () => {
  test.each<[what: string, given: Given]>([
    ['to this machine', { env: { host: 'http://localhost:8080', token: 't' } }],
    ['where the flag says so', { flags: { host: 'http://a.example' }, env: { token: 't' } }],
    ['without a token', { env: { host: 'http://a.example' } }],
  ])('is fine %s', (_what, given) => {
    expect(choose(given).plainHttp).toBe(true)
  })

  test.each<[what: string, given: Given]>([
    ['the environment', { env: { host: 'http://a.example', token: 't' } }],
    ['cadastre.yaml', { file: { host: 'http://a.example' }, flags: { token: 't' } }],
    [
      "terraform's credentials",
      { env: { host: 'http://a.example' }, terraformToken: () => ({ token: 't', from: 'x' }) },
    ],
  ])('is refused a token when its host comes from %s', (_what, given) => {
    expect(() => choose(given)).toThrow('plain http: the token is not sent there')
  })
})
