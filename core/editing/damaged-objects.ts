/** Deletes objects whose record can't be read, and puts them back as they were: no Diff can hold such a record. */
import type { AppEvent } from '../../common/contract.ts'
import { CodedError } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { RawRow } from '../store/damaged-rows.ts'
import type { DamagedStore } from '../store/store.ts'

export interface DamagedObjects {
  /** Durable when it returns. @throws CodedError not-found when there is no such damaged object */
  remove(imageId: ImageId, sequence: number): void
  /** @throws CodedError not-found when it was not removed since the folder was opened */
  restore(imageId: ImageId, sequence: number): void
}

export const createDamagedObjects = (
  store: DamagedStore,
  emit: (event: AppEvent) => void,
): DamagedObjects => {
  const removed = new Map<number, RawRow>()
  const announce = (imageId: ImageId) =>
    emit({ name: 'images.changed', payload: { images: store.images.getMany([imageId]) } })
  return {
    remove(imageId, sequence) {
      const row = store.transact(() => store.damaged.take(imageId, sequence))
      if (row === null) throw new CodedError('not-found', said('This object is not there any more.'))
      removed.set(sequence, row)
      announce(imageId)
    },
    restore(imageId, sequence) {
      const row = removed.get(sequence)
      if (row === undefined)
        throw new CodedError('not-found', said('This object can’t be brought back any more.'))
      store.transact(() => store.damaged.put(row))
      removed.delete(sequence)
      announce(imageId)
    },
  }
}
