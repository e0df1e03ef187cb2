/** What may be asked of a person by way of their browser, case by case. */
import { expect, test } from 'vitest'
import { localPath } from '../pages/local-path.ts'
import { asParameters, authorizationRequest } from './authorization-request.ts'

const good = {
  client_id: 'terraform-cli',
  code_challenge: 'q0kvD8hLcMQ5V8zYbGyUHTFmVSOlbQb1mQyqa0wS5-_',
  code_challenge_method: 'S256',
  redirect_uri: 'http://localhost:10003/login',
  response_type: 'code',
  state: '6b1d8c7e-1f7c-4b8e-9c53-5d7a9f1f2a10',
}
const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))

test.each([
  ['terraform’s own', {}],
  ['one by address', { redirect_uri: 'http://127.0.0.1:10000/login' }],
  ['the last port', { redirect_uri: 'http://localhost:10010/login' }],
  ['scopes and whatever else is unknown', { scope: 'a b', prompt: 'none' }],
  ['a state of odd characters', { state: ' &=+%"\'<>\\#;~' }],
  ['a state of 500 characters', { state: 'x'.repeat(500) }],
])('%s is taken, and read again as it was said', (_what, more) => {
  const request = authorizationRequest({ ...good, ...more })

  expect(authorizationRequest(asParameters(request))).toEqual(request)
  expect(asParameters(request)).toMatchObject({ ...good, ...('scope' in more ? {} : more) })
})

test.each(['%'.repeat(500), ' &=+%"\'<>\\#;~'])(
  'a sign-in in between leads back to what was asked for: %j',
  (state) => {
    const path = `/oauth/authorize?${new URLSearchParams(asParameters(authorizationRequest({ ...good, state })))}`

    expect(localPath(path)).toBe(path)
  },
)

test.each([
  ['another scheme', 'https://localhost:10003/login'],
  ['another host', 'http://evil.example:10003/login'],
  ['a host that begins alike', 'http://localhost.evil.example:10003/login'],
  ['another address of this computer', 'http://127.0.0.2:10003/login'],
  ['the address of version 6', 'http://[::1]:10003/login'],
  ['a user', 'http://localhost:10003@evil.example/login'],
  ['a user before the host', 'http://evil@localhost:10003/login'],
  ['no port', 'http://localhost/login'],
  ['a port below the range', 'http://localhost:09999/login'],
  ['a port above the range', 'http://localhost:10011/login'],
  ['a port with a zero before it', 'http://localhost:010003/login'],
  ['another path', 'http://localhost:10003/'],
  ['a longer path', 'http://localhost:10003/login/x'],
  ['a path that leads back', 'http://localhost:10003/x/../login'],
  ['a query', 'http://localhost:10003/login?x=y'],
  ['an empty query', 'http://localhost:10003/login?'],
  ['a fragment', 'http://localhost:10003/login#x'],
  ['capitals', 'http://LOCALHOST:10003/login'],
  ['a line break', 'http://localhost:10003/login\n'],
  ['a space', ' http://localhost:10003/login'],
  ['a backslash', 'http:\\\\localhost:10003\\login'],
  ['a script', 'javascript:alert(1)'],
  ['two', ['http://localhost:10003/login', 'http://localhost:10003/login']],
])('C-85 open redirect: an address with %s is refused', (_what, redirect_uri) => {
  expect(() => authorizationRequest({ ...good, redirect_uri })).toThrow(/localhost:PORT\/login/)
})

test.each([
  ['client_id', 'somebody-else', 'login-client-unknown'],
  ['client_id', undefined, 'login-client-unknown'],
  ['response_type', 'token', 'login-request-invalid'],
  ['response_type', 'code token', 'login-request-invalid'],
  ['code_challenge_method', 'plain', 'login-request-invalid'],
  ['code_challenge_method', 's256', 'login-request-invalid'],
  ['code_challenge', 'short', 'login-request-invalid'],
  ['code_challenge', `${'x'.repeat(42)}=`, 'login-request-invalid'],
  ['code_challenge', 'x'.repeat(44), 'login-request-invalid'],
  ['state', '', 'login-request-invalid'],
  ['state', 'x'.repeat(501), 'login-request-invalid'],
  ['state', 'a\nb', 'login-request-invalid'],
  ['state', 'ä', 'login-request-invalid'],
  ['state', ['a', 'a'], 'login-request-invalid'],
])('%s %j is refused', (name, value, code) => {
  expect(() => authorizationRequest({ ...good, [name]: value })).toThrow(expect.objectContaining({ code }))
})

test.each(['client_id', 'redirect_uri', 'response_type', 'code_challenge', 'code_challenge_method', 'state'])(
  'C-85 PKCE downgrade: nothing goes on without %s',
  (name) => {
    expect(() => authorizationRequest(without(name))).toThrow(/./)
  },
)
