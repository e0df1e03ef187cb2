/** How the server's commands end when they cannot do what was typed. */
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { cadastre } from '../../test/command.ts'
import { exitOf } from './program.ts'

test.each([
  [['serve', '--prot', '80'], "unknown option '--prot'"],
  [['db', 'creat'], "unknown command 'creat'"],
  [['demo', '--port', 'x'], 'It has to be a whole number.'],
])('%j ends with 2, says what is wrong, and where to read on', async (args, sentence) => {
  const outcome = await cadastre(args, { cwd: tmpdir() })

  expect(outcome).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(sentence) })
  expect(outcome.stderr).toContain('Add --help')
})

test('a taken port is a sentence, and not a stack', () => {
  const taken = Object.assign(new Error('listen EADDRINUSE: address already in use 127.0.0.1:8080'), {
    code: 'EADDRINUSE',
  })

  expect(exitOf(taken)).toEqual({
    text: 'The port is taken (EADDRINUSE: address already in use 127.0.0.1:8080). End what listens there, or set TFR_SERVER_PORT to another port.',
    code: 1,
  })
})
