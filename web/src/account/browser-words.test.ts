/** Sessions are told apart by what somebody would call their browser. */
import { expect, test } from 'vitest'
import { browserInWords } from './browser-words.ts'

const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox 128 on Linux'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/126.0.0.0 Safari/537.36`, 'Chrome 126 on Windows'],
  [`Mozilla/5.0 (Windows NT 10.0) ${webKit} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.1`, 'Edge 126 on Windows'],
  [`Mozilla/5.0 (Linux; Android 14) ${webKit} Chrome/126.0.0.0 Mobile Safari/537.36`, 'Chrome 126 on Android'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
    'Safari 17 on macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari 17 on iPhone',
  ],
  [`Mozilla/5.0 (X11; Linux x86_64) ${webKit} HeadlessChrome/126.0.0.0 Safari/537.36`, 'Chrome 126 on Linux'],
  ['Firefox/9', 'Firefox 9'],
  ['curl/8.5.0', undefined],
  ['', undefined],
])('%s', (userAgent, words) => {
  expect(browserInWords(userAgent)).toBe(words)
})
