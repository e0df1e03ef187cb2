/** Rendering as the rest of the server asks for it: in a worker thread, which answers in any case. */
import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { colouredCode, renderedMarkdown } from '../../src/foundation/markdown/ask-worker.ts'
import { renderFragments } from '../../src/foundation/markdown/fragments.ts'
import { createWorkers } from '../../src/foundation/workers.ts'

const workers = createWorkers({ log: pino({ enabled: false }), size: 1 })
afterAll(() => workers.close())

test('a worker thread renders Markdown and colours code', async () => {
  const rendered = await renderedMarkdown(workers, { markdown: '# A\n\nSome words.' })
  const lines = await colouredCode(workers, { text: 'a = 1', language: 'tf' })

  expect(rendered).toEqual({
    html: '<div class="heading"><h2 id="user-content-a">A</h2><a class="heading-link" href="#user-content-a" aria-label="Link to A">#</a></div>\n<p>Some words.</p>',
    headings: [{ id: 'user-content-a', text: 'A', level: 2 }],
    firstSentence: 'Some words.',
    plain: false,
  })
  expect(lines).toEqual(['a = <span class="code-number">1</span>'])
})

test('what takes too long is shown as it was written', async () => {
  const hurried = {
    ...workers,
    run: <Result>(task: string, input: unknown, options: { deadlineMs: number }) =>
      workers.run<Result>(task, input, { ...options, deadlineMs: 0 }),
  }

  // Long enough that a thread which is warm and has a core to itself is not done before the deadline is looked at.
  const rest = 'Some *words* of `code`.\n\n'.repeat(4_000)
  const rendered = await renderedMarkdown(hurried, { markdown: `# <b>A</b>\n\n${rest}` })
  const lines = await colouredCode(hurried, { text: `<a>\nb\n${'a = "b"\n'.repeat(20_000)}`, language: 'tf' })

  expect(rendered.plain).toBe(true)
  expect(rendered.html).toContain('<pre tabindex="0"><code># &lt;b&gt;A&lt;/b&gt;\n')
  expect(lines.slice(0, 3)).toEqual(['&lt;a&gt;', 'b', 'a = &quot;b&quot;'])
})

test('of texts that are asked for together, those that there is no time for are left as they were written', () => {
  const texts = ['*a*', '*b*', '*c*']

  expect(renderFragments({ texts, deadlineMs: 60_000 })).not.toContain(null)
  expect(renderFragments({ texts, deadlineMs: 0 })).toEqual(['<p><em>a</em></p>', null, null])
})
