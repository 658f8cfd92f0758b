/**
 * Offers the classes that were written into the folder's classes.txt since the project was made. A list is offered once:
 * who leaves it is not asked again before the file changes.
 */
import { toast } from 'sonner'
import type { Client } from '../../common/rpc.ts'
import { namesToAdd, type Labels } from './labels.ts'
import { attempt } from './report.ts'
import { t } from '../texts/t.ts'

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
  const rest = Math.max(0, names.length - NAMED)
  return t(
    'classes.txt lists {count, plural, one {# class} other {# classes}} that the project does not have: {names}{rest, plural, =0 {} other { and # more}}',
    { count: names.length, names: names.slice(0, NAMED).join(', '), rest },
  )
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
        action: { label: t('Add'), onClick: () => attempt(labels.addAll(fresh)) },
      })
    },
  }
}
