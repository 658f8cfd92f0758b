/** A process under test with a program that does what no program should. */
import { appendFileSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { CodedError } from '../../../common/errors.ts'
import { serveTarget } from '../../fuzz/serve.ts'
import type { Case } from '../../fuzz/target.ts'

const names = [
  'well',
  'hang',
  'silent',
  'die',
  'touch',
  'read',
  'copy',
  'raw',
  'uncoded',
  'unforeseen',
  'forget',
] as const
type Deed = (typeof names)[number]
interface ToyCase extends Case {
  readonly deed: Deed
}
const caseOf = (deed: Deed): ToyCase => ({
  about: deed,
  deed,
  files: new Map([['home/shared/a.txt', Buffer.from('a')]]),
})

await serveTarget({
  name: 'toy',
  kept: Object.fromEntries(names.map((deed) => [deed, () => caseOf(deed)])),
  make: () => caseOf('well'),
  mayChange: (path) => path.startsWith('home/shared/out'),
  start: ({ top, shared }) => {
    const secret = join(top, 'home', 'private', 'secret.txt')
    const deeds: Record<Deed, () => unknown> = {
      well: () => ({ problem: 'The file is damaged.' }),
      hang: () => {
        for (;;);
      },
      silent: () => new Promise(() => undefined),
      die: () => process.kill(process.pid, 'SIGSEGV'),
      touch: () => appendFileSync(join(shared, 'a.txt'), 'b'),
      read: () => import('node:fs').then(({ readFileSync }) => readFileSync(secret)),
      copy: () => copyFileSync(secret, join(shared, 'out.txt')),
      raw: () => ({ problems: [{ message: 'bbox.0: Invalid input: expected number, received string' }] }),
      uncoded: () => {
        throw new TypeError('x is not a function')
      },
      unforeseen: () => {
        throw new CodedError('internal', 'What happened is not known.')
      },
      forget: () => undefined,
    }
    return {
      async run(given, answers) {
        const { deed } = given as ToyCase
        await answers.ask(deed, () => deeds[deed]())
        if (deed === 'forget') answers.fault('an object is gone')
      },
      close: () => Promise.resolve(),
    }
  },
})
