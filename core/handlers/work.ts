/** Calls that start and steer long work. */
import type { Of, Parts } from './parts.ts'

export const workHandlers = ({ works }: Parts): Of<'work'> => ({
  'work.start': async ({ kind, request }) => ({ id: await works.start(kind, request) }),
  'work.pause': ({ id }) => {
    works.pause(id)
    return {}
  },
  'work.resume': ({ id }) => {
    works.resume(id)
    return {}
  },
  'work.cancel': ({ id }) => {
    works.cancel(id)
    return {}
  },
  'work.list': () => ({ works: works.list() }),
})
