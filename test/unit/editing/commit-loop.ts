/** Child process of the kill test: commits without end and prints each id after its commit returned. */
import { randomUUID } from 'node:crypto'
import { newObject } from '../../../common/new-records.ts'
import { writeSync } from 'node:fs'
import { diffOf } from '../../../common/diff.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { openStore } from '../../../core/store/store.ts'

const file = process.argv[2]!
const store = openStore(file)
const editing = createEditing(store, () => undefined)
const outer = Array.from({ length: 200 }, (_, index): [number, number] => [Math.cos(index) * 100, index / 3])

for (;;) {
  const id = randomUUID()
  const shape = { type: 'polygon' as const, parts: [{ outer, holes: [] }] }
  const facts = { source: 'hand' as const, modelId: null, score: null, prompts: [], candidate: null }
  const added = [
    { id, imageId: 1, labelId: 'cat', shape, ...facts, ...newObject, createdAt: 1, updatedAt: 1 },
  ]
  editing.commit(diffOf({ annotations: { added } }))
  // Straight to the pipe: a line that was printed is a commit that returned.
  writeSync(1, `${id}\n`)
}
