/** Tasks in threads: what comes back, and what happens to those that never would. */
import pino from 'pino'
import { afterEach, expect, test } from 'vitest'
import { Refusal } from './refusal.ts'
import { createWorkers, type Workers, type WorkersOptions } from './workers.ts'

const deadlineMs = 200_000
const open: Workers[] = []
afterEach(async () => void (await Promise.all(open.splice(0).map((workers) => workers.close()))))

test('a task answers with its result', async () => {
  const workers = startWorkers()

  const answers = await Promise.all([1, 2, 3].map((input) => workers.run('echo', { input }, { deadlineMs })))

  expect(answers).toEqual([{ input: 1 }, { input: 2 }, { input: 3 }])
})

test('a refusal of the task is the same refusal outside', async () => {
  const workers = startWorkers()

  const refused = await workers.run('refuse', {}, { deadlineMs }).catch((error) => error)

  expect(refused).toBeInstanceOf(Refusal)
  expect(refused).toMatchObject({
    reason: 'conflict',
    code: 'no-thanks',
    message: 'No, thank you.',
    hint: 'Ask again.',
    headers: { 'retry-after': '1' },
  })
})

test.each([
  ['fail', 'a mistake in the task'],
  ['crash', 'outside of any promise'],
  ['exit', 'ended in the middle of exit'],
  ['unheard of', 'no task unheard of'],
])('%s is a fault, and the next task runs', async (task, message) => {
  const workers = startWorkers()

  const failed = await workers.run<Error>(task, {}, { deadlineMs }).catch((error) => error)
  const next = await workers.run('echo', 'next', { deadlineMs })

  expect(failed).not.toBeInstanceOf(Refusal)
  expect(failed.message).toContain(message)
  expect(next).toBe('next')
})

test.each(['spin', 'wait'])(
  'a task that would %s forever is refused at its deadline, and the next one runs',
  async (task) => {
    const workers = startWorkers()

    const refused = await workers.run(task, {}, { deadlineMs: 500 }).catch((error) => error)
    const next = await workers.run('echo', 'next', { deadlineMs })

    expect(refused).toMatchObject({ reason: 'invalid', code: 'too-expensive' })
    expect(next).toBe('next')
  },
)

test('the time that a thread needs to start, or to load what it runs, is no time of the task', async () => {
  const workers = startWorkers('slow-worker-of-tests.ts')

  expect(await workers.run('echo', 'late', { deadlineMs: 2_000 })).toBe('late')
  expect(await workers.run('echo, loaded late', 'later', { deadlineMs: 2_000 })).toBe('later')
})

test('a thread that never begins is ended and tried once again, then its task is refused and the next one has its turn', async () => {
  const said: string[] = []
  const log = pino({ base: null }, { write: (line: string) => void said.push(JSON.parse(line).msg) })
  const workers = startWorkers('never-worker-of-tests.ts', { log, startMs: 300 })

  const refused = await Promise.all(
    ['first', 'second'].map((input) => workers.run('echo', input, { deadlineMs }).catch((error) => error)),
  )

  for (const each of refused) expect(each).toMatchObject({ reason: 'unavailable', code: 'worker-not-started' })
  expect(said).toEqual(Array(4).fill('a thread did not begin its task in time and was ended'))
})

test('a task that fills its memory is refused in the words of its caller, and the next one runs', async () => {
  const workers = startWorkers()
  const overspent = new Refusal('invalid', 'poem-too-long', 'This poem is too long to read.')

  const refused = await workers.run('fill memory', {}, { deadlineMs, overspent }).catch((error) => error)
  const next = await workers.run('echo', 'next', { deadlineMs })

  expect(refused).toBe(overspent)
  expect(next).toBe('next')
})

test('closing refuses what runs, what waits and what comes later', async () => {
  const workers = startWorkers()
  const running = workers.run('wait', {}, { deadlineMs }).catch((error) => error)
  const waiting = workers.run('echo', {}, { deadlineMs }).catch((error) => error)

  await workers.close()
  const later = workers.run('echo', {}, { deadlineMs }).catch((error) => error)

  for (const refused of await Promise.all([running, waiting, later])) {
    expect(refused).toMatchObject({ reason: 'unavailable', code: 'stopping' })
  }
})

function startWorkers(name = 'worker-of-tests.ts', options: Partial<WorkersOptions> = {}): Workers {
  const file = new URL(`../../test/${name}`, import.meta.url)
  const workers = createWorkers({ log: pino({ enabled: false }), size: 1, memoryMb: 64, file, ...options })
  open.push(workers)
  return workers
}
