/**
 * Offers the classes that were written into the folder's classes.txt since the project was made. A list is offered once:
 * who leaves it is not asked again before the file changes.
 */
import { toast } from 'sonner'
import type { Client } from '../../common/rpc.ts'
import { namesToAdd, type Labels } from './labels.ts'
import { attempt } from './report.ts'
import { plural } from '../../common/words.ts'

export interface ClassOffer {
  /** Looks at the file now. @param folder of the open project */
  look(folder: string): Promise<void>
}

interface ClassOfferPorts {
  readonly client: Client
  readonly labels: Labels
  readonly memory: Pick<Storage, 'getItem' | 'setItem'>
}

/** Long enough to come back to the window and read it, ms. */
const OFFERED_FOR = 20_000
/** Names that are named. */
const NAMED = 3

const sayNew = (names: readonly string[]) => {
  const rest = names.length - NAMED
  const named = names.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
  return `classes.txt lists ${plural(names.length, 'class', 'classes')} that the project does not have: ${named}`
}

export const createClassOffer = ({ client, labels, memory }: ClassOfferPorts): ClassOffer => {
  let shown: string | number | null = null
  return {
    async look(folder) {
      const { names } = await client.call('labels.listed', {})
      const fresh = namesToAdd(names, labels.store.getState().labels)
      const key = `maskwright.classes:${folder}`
      const list = JSON.stringify(fresh)
      if (fresh.length === 0 || memory.getItem(key) === list) return
      memory.setItem(key, list)
      if (shown !== null) toast.dismiss(shown)
      shown = toast(sayNew(fresh), {
        duration: OFFERED_FOR,
        action: { label: 'Add', onClick: () => attempt(labels.addAll(fresh)) },
      })
    },
  }
}
