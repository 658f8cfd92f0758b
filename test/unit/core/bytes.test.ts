import { expect, test } from 'vitest'
import { bytesText } from '../../../common/bytes.ts'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [3400, '3.4 kB'],
  [99_949, '99.9 kB'],
  [250_000, '250 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [44_653_652, '44.7 MB'],
  [412e6, '412 MB'],
  [999_999_999, '1.0 GB'],
  [4e9, '4.0 GB'],
  [2e12, '2.0 TB'],
  [5e15, '5000 TB'],
  [-3, '0 bytes'],
])('%d bytes are %s', (bytes, text) => expect(bytesText(bytes)).toBe(text))
