/** Paths that a stranger's file may hold: made from parts, by a seed, so that a failure can be repeated. */
import { createRandom } from '../../support/random.ts'

/** What lies where, so that the paths hit something. */
export interface Surroundings {
  /** Absolute, of a file outside. */
  readonly outside: string
  /** Relative paths that lead somewhere inside, also over links. */
  readonly inside: readonly string[]
}

const odd = [
  '..',
  '.',
  '',
  '...',
  '.. ',
  ' ..',
  '\0',
  '..\0',
  '~',
  'C:',
  '%2e%2e',
  '．．',
  '\u202e',
  'con',
  'a\nb',
]
const heads = [
  '',
  '/',
  '//',
  './',
  '../',
  '../../',
  '\\',
  '\\\\server\\share\\',
  'C:/',
  'c:\\',
  'file:///',
  '\\\\?\\C:\\',
]
const joints = ['/', '/', '/', '//', '\\', '/./', '/../', '/x/../']

/** `count` hostile paths; the plain ones first, then others put together at random. */
export const hostilePaths = (seed: number, count: number, { outside, inside }: Surroundings): string[] => {
  const random = createRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const fixed = heads.flatMap((head) => [
    head + outside,
    head + outside.replace(/^\//, ''),
    head + '../outside/secret.png',
  ])
  const made = Array.from({ length: count }, () => {
    const length = 1 + Math.floor(random() * 5)
    const parts = Array.from({ length }, () =>
      random() < 0.4 ? pick(odd) : pick([...inside, 'outside', 'secret.png']),
    )
    return (random() < 0.6 ? '' : pick(heads)) + parts.reduce((path, part) => path + pick(joints) + part)
  })
  return [...fixed, ...made, 'x'.repeat(300), 'a/'.repeat(2500), `${'../'.repeat(40)}etc/passwd`].slice(
    0,
    count,
  )
}
