/** Calls that start and steer long work, and that tell what it would do. */
import { lookAtBoxes } from '../work/boxes/look.ts'
import { findOffer } from '../work/import/offer.ts'
import type { Of, Parts } from './parts.ts'

export const workHandlers = ({
  works,
  workspace,
  formats,
}: Parts): Of<'work'> & Of<'boxes'> & Of<'import'> => ({
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
  'import.offer': async () => ({ offer: await findOffer(workspace.project(), formats) }),
  'boxes.look': (request) => lookAtBoxes(workspace.project(), formats, request),
})
