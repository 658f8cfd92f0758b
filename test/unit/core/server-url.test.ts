/** Addresses of servers as people type them. */
import { expect, test } from 'vitest'
import { parseServerUrl } from '../../../common/server-url.ts'

test.each([
  ['http://gpu.local:8000', 'http://gpu.local:8000', true],
  [' HTTP://GPU.local:8000/ ', 'http://gpu.local:8000', true],
  ['https://team.example/triton/v2/', 'https://team.example/triton', false],
  ['http://127.0.0.1:8000/v2', 'http://127.0.0.1:8000', false],
  ['http://localhost', 'http://localhost', false],
  ['http://[::1]:8000', 'http://[::1]:8000', false],
  ['http://localhost.evil.example', 'http://localhost.evil.example', true],
])('%s', (typed, url, isOpen) => {
  expect(parseServerUrl(typed)).toEqual({ url, isOpen })
})

test.each([
  ['', /http:\/\//],
  ['gpu.local:8000', /begin with http/],
  ['file:///etc/passwd', /begin with http/],
  ['http://', /no address/],
  ['http://a b', /no address/],
  ['http://ada:secret@gpu.local', /password/],
  ['http://gpu.local/?photo=1', /"\?"/],
  ['http://gpu.local:8000000', /no address/],
])('%j is refused, in words', (typed, words) => {
  expect(parseServerUrl(typed)).toEqual({ fault: expect.stringMatching(words) as string })
})
