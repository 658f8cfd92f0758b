/** Child process of the kill test: merges two projects, and waits a moment after each edit that is stored. */
import { writeSync } from 'node:fs'
import { createEditing } from '../../../core/editing/editing.ts'
import { applyMerge } from '../../../core/merge/apply.ts'
import { openOther } from '../../../core/merge/other-project.ts'
import { planMerge } from '../../../core/merge/plan.ts'
import { createUnfinished } from '../../../core/project/unfinished.ts'
import { openStore } from '../../../core/store/store.ts'

const [file, folder] = [process.argv[2]!, process.argv[3]!]
const store = openStore(file)
const editing = createEditing(store, () => undefined)
const target = { folder, store, editing }
const control = { ready: () => Promise.resolve(), begin: () => undefined, step: () => undefined }
const other = await openOther(folder, folder, file)
const asked = { iou: 0.5, rule: 'both' as const, decisions: [], apart: [], most: 0 }
const plan = await planMerge(target, other, asked, control)
const onStored = (objects: number) => {
  // Straight to the pipe: what was printed is on the disk.
  writeSync(1, `${objects}\n`)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
}
const note = {
  get: () => store.project.get('unfinished'),
  set: (text: string) => store.transact(() => store.project.set('unfinished', text)),
}
await createUnfinished(note).during('The merge', () =>
  applyMerge({ target, other, plan, run: 'merge.killed', control, onStored }),
)
other.close()
store.close()
