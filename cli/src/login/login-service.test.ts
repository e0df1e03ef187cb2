import { describe, expect, test } from 'vitest'
import { authorizationUrl } from './authorization-url.ts'
import { loginService } from './login-service.ts'

const announced = { client: 'terraform-cli', authz: '/oauth/authorize', token: '/oauth/token', ports: [10_000, 10_010] }
const at = (base: string) => ({ base, url: `${base}/.well-known/terraform.json` })
const secure = at('https://registry.example')

test('addresses may be relative, ports and scopes may be missing', () => {
  const { ports: _, ...without } = announced

  expect(loginService(without, secure)).toEqual({
    client: 'terraform-cli',
    authz: 'https://registry.example/oauth/authorize',
    token: 'https://registry.example/oauth/token',
    ports: [1024, 65_535],
    scopes: [],
  })
})

describe('what is announced is refused', () => {
  test.each([
    ['without a client', { client: '' }],
    ['without an address', { authz: undefined }],
    ['with a range of one port', { ports: [10_000, 10_000] }],
    ['with a port of the system', { ports: [80, 90] }],
    ['with half a port', { ports: [10_000.5, 10_001] }],
    ['with passwords alone', { grant_types: ['password'] }],
    ['with no address', { token: 'http://' }],
  ])('%s', (_what, member) => {
    expect(() => loginService({ ...announced, ...member }, secure)).toThrow('is not complete, or not right')
  })

  test.each([
    ['plain http, from https', 'https://registry.example', 'http://registry.example/oauth/token'],
    ['plain http on another host', 'http://127.0.0.1:8080', 'http://registry.example/oauth/token'],
    ['a file', 'http://127.0.0.1:8080', 'file:///oauth/token'],
    ['a user in the address', 'https://registry.example', 'https://user:secret@registry.example/token'],
  ])('when it leads to %s', (_what, base, token) => {
    expect(() => loginService({ ...announced, token }, at(base))).toThrow('where others could read what is said')
  })

  test('when the document itself was sent on to plain http', () => {
    const where = { base: 'https://registry.example', url: 'http://registry.example/.well-known/terraform.json' }
    const { authz, token } = loginService(announced, at('https://elsewhere.example'))

    expect(() => loginService(announced, where)).toThrow('where others could read what is said')
    expect(() => loginService({ ...announced, authz, token }, where)).toThrow('where others could read what is said')
  })
})

test('the address for the browser keeps what the announced one says, and never tells the verifier', () => {
  const service = loginService({ ...announced, authz: '/sign-in?realm=a', scopes: ['one', 'two'] }, secure)

  const url = new URL(
    authorizationUrl(service, { verifier: 'v'.repeat(43), state: 's', redirectUri: 'http://localhost:10000/login' }),
  )

  expect(Object.fromEntries(url.searchParams)).toEqual({
    realm: 'a',
    client_id: 'terraform-cli',
    // printf vvv… | openssl dgst -sha256 -binary | basenc --base64url
    code_challenge: '7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM',
    code_challenge_method: 'S256',
    redirect_uri: 'http://localhost:10000/login',
    response_type: 'code',
    scope: 'one two',
    state: 's',
  })
})
