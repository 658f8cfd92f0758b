/**
 * Child process of the kill test: stores an import as the work does, or changes the first of its objects. What it prints
 * has returned. It waits to be killed, or dies by itself within the transaction that is asked for.
 */
import { writeSync } from 'node:fs'
import { diffOf } from '../../../common/diff.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { openStore } from '../../../core/store/store.ts'
import { createPortions } from '../../../core/work/import/store-portion.ts'

const [file, mode, last] = [process.argv[2]!, process.argv[3]!, Number(process.argv[4])]
const opened = openStore(file)
let edits = 0
/** All is written when an edit comes to the log, and nothing is committed. */
const store: typeof opened = {
  ...opened,
  edits: {
    ...opened.edits,
    insert(edit) {
      opened.edits.insert(edit)
      if (++edits === last) process.kill(process.pid, 'SIGKILL')
    },
  },
}
const editing = createEditing(store, () => undefined)
const say = (text: string) => writeSync(1, `${text}\n`)

/** What one edit holds, on each of the two images. */
const OBJECTS = 4000

const importAll = () => {
  let stored = 0
  const portions = createPortions({
    project: { store, editing },
    run: 'import.killed',
    onStored: (count) => say(String((stored += count))),
    onProblem: ({ message }) => {
      throw new Error(message)
    },
  })
  for (const image of store.images.getMany([1, 2])) {
    const added = Array.from({ length: OBJECTS }, (_, index) => ({
      label: 'name of cat',
      shape: { type: 'rectangle' as const, x: index, y: image.id, width: 10, height: 10 },
      points: 4,
      score: index / OBJECTS,
      extras: {},
      isBox: false,
    }))
    portions.add({
      image,
      added,
      removed: [],
      already: 0,
      boxes: [],
      isDone: false,
      marks: null,
      problems: [],
      changes: [],
      labels: [],
    })
  }
  portions.finish()
}

if (mode === 'import') importAll()
else {
  const [first] = store.annotations.ofImage(1)
  say('changing')
  editing.commit(diffOf({ annotations: { updated: [[first!, { ...first!, score: 0.5 }]] } }))
  say('changed')
}
// Whoever kills it is waited for.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
