/** Values that programs trip over: numbers, texts and paths, as JavaScript values and as they stand in a text. */
import { hostilePaths } from '../../unit/files/hostile.ts'
import type { Random } from '../random.ts'

const oddNumbers: readonly number[] = [
  0,
  -0,
  -1,
  1,
  0.5,
  255,
  256,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 53,
  -(2 ** 31),
  1e-320,
  1e300,
  -1e300,
  Infinity,
  -Infinity,
  NaN,
]

/** As somebody may have written them. */
export const oddNumberTexts: readonly string[] = [
  ...oddNumbers.map(String),
  '1e999',
  '1,5',
  '0x10',
  '١٢',
  '1_000',
  '--1',
  '+.5',
  '1.2.3',
  '9'.repeat(400),
  '',
]

/** Steers a terminal, a page, a shell, SQL, YAML or a path. */
const oddTexts: readonly string[] = [
  '',
  ' ',
  '\0',
  '\n',
  '\r\n',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u202eevil\u202c',
  '\ud800',
  '\ufeff',
  'é',
  '👩‍👩‍👧‍👦',
  '<img src=x onerror=alert(1)>',
  "'; DROP TABLE labels; --",
  '$(touch owned)',
  '%s%n%x',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  '*a',
  '&a [*a, *a]',
  '!!js/function "x"',
  'x'.repeat(5000),
]

export const oddNumber = (random: Random): number => random.pick(oddNumbers)
export const oddText = (random: Random): string => random.pick(oddTexts)

/** Paths around a canary: many lead to it. */
export const oddPath = (random: Random): string => {
  const ways = ['../private/secret.png', '/dev/zero', '/proc/self/environ', '/dev/stdin', 'sub', 'a.png']
  if (random.chance(0.4)) return random.pick(ways)
  const around = {
    outside: '../private/secret.png',
    inside: ['..', 'private', 'sub', 'a.png', '.maskwright'],
  }
  return random.pick(hostilePaths(random.below(2 ** 31), 80, around))
}

/** Any value: what a field of another type may hold. */
export const oddValue = (random: Random): unknown => {
  switch (random.below(8)) {
    case 0:
    case 1:
      return oddNumber(random)
    case 2:
    case 3:
      return oddText(random)
    case 4:
      return oddPath(random)
    case 5:
      return random.pick([null, true, false])
    case 6:
      return random.pick([[], {}, [[]], [null], { a: { b: {} } }])
    default:
      return Array.from({ length: random.pick([1, 3, 1000]) }, () => oddNumber(random))
  }
}
