/** What is wrong with the ids of a COCO file. An import does not ask for it, as nothing is lost by it there. */
import type { Problem } from '../../../common/contract/work.ts'
import { namelessClass } from '../../../common/label-name.ts'
import { shortened } from '../../../common/printable.ts'
import { said } from '../../../common/said.ts'
import type { ByteSource } from '../../files/byte-source.ts'
import { recordOf } from '../../import/places.ts'
import { readProblem } from '../../import/objects.ts'
import type { RecordPlaces } from './look-through.ts'
import { valueOfElement } from './record.ts'

/** Records are read one by one, and only their ids are kept. */
export const checkIds = (
  source: ByteSource,
  records: Iterable<RecordPlaces>,
  categories: ReadonlyMap<number, string>,
): Problem[] => {
  const problems: Problem[] = []
  const places = new Map<unknown, number>()
  for (const { numbers, starts, lengths } of records)
    for (const [at, number] of numbers.entries()) {
      const start = starts[at]!
      const value = valueOfElement(source.read(start, start + lengths[at]!).toString())
      const { id, category_id: category } = (value ?? {}) as { id?: unknown; category_id?: unknown }
      const where = recordOf(source.name, number + 1)
      const before = typeof id === 'number' || typeof id === 'string' ? places.get(id) : undefined
      if (before !== undefined)
        problems.push(
          readProblem(
            null,
            said('{where} has the id {id}, as record {before} has.', {
              where,
              id: shortened(String(id)),
              before: before + 1,
            }),
          ),
        )
      else places.set(id, number)
      if (typeof category === 'number' && categories.size > 0 && !categories.has(category))
        problems.push(
          readProblem(
            null,
            said('{where} is of a class {id}, which the file does not have; an import calls it "{label}".', {
              where,
              id: category,
              label: namelessClass(category),
            }),
          ),
        )
    }
  return problems
}
