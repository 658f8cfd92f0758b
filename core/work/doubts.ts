/** Looks through a project for what somebody should look at first. Stores nothing. */
import { msg, said } from '../../common/said.ts'
import { setImmediate } from 'node:timers/promises'
import { doubtsRequestSchema, type DoubtsRequest } from '../../common/contract/doubts.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import { doubtsOf, lookAtImage } from '../checks/doubts.ts'
import { defineWork, type WorkParts } from './work-kind.ts'

/** Told at once: more than anybody reviews in one go. */
const MOST_TOLD = 2000
/** Images between two pauses in which other calls are answered. */
const PORTION = 20

export const doubtsWork = ({ project }: WorkParts) =>
  defineWork<DoubtsRequest, WorkDetail<'doubts'>>({
    name: 'doubts',
    title: msg('Review'),
    unit: 'image',
    request: doubtsRequestSchema,
    canPause: false,
    isListed: false,
    again: 'replace',
    scope: 'project',
    holdsFolder: null,
    cleansUp: false,
    plan({ filter }) {
      const { store } = project()
      const ids = store.images.ids(filter)
      return async (control) => {
        control.begin(ids.length)
        const names = new Map(store.labels.list().map(({ id, name }) => [id, name]))
        const nameOf = (id: string) => names.get(id) ?? said('its class')
        const looked: ReturnType<typeof lookAtImage> = []
        for (const [index, id] of ids.entries()) {
          await control.ready()
          if (index % PORTION === 0) await setImmediate()
          const image = store.images.get(id)
          // Those that were reviewed still say what is usual, but are not asked about again.
          if (image !== null && image.problem === null)
            for (const one of lookAtImage(image, store.annotations.ofImage(id), nameOf))
              looked.push(image.reviewed === null ? one : { ...one, imageId: -one.imageId })
          control.reach(index + 1, ids.length)
        }
        const doubts = doubtsOf(looked, nameOf).filter(({ imageId }) => imageId > 0)
        control.detail(
          { doubts: doubts.slice(0, MOST_TOLD), total: doubts.length, objects: looked.length },
          'now',
        )
        return null
      }
    },
  })
