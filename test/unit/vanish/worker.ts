/**
 * Child process of the tests of vanishing files: a workspace on a folder that commits without end, and says each line
 * `stored ID` after the commit was acknowledged. Refused, it waits for what its parent says on standard input.
 */
import { randomUUID } from 'node:crypto'
import { newObject } from '../../../common/new-records.ts'
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { diffOf } from '../../../common/diff.ts'
import { hasCode } from '../../../common/errors.ts'
import { createWorkspace } from '../../../core/project/workspace.ts'

const [folder, dataFolder] = process.argv.slice(2) as [string, string]
/** Straight to the pipe: a line that was printed is a commit that returned. */
const say = (line: string) => void writeSync(1, `${line}\n`)
const workspace = createWorkspace({
  dataFolder,
  version: '1',
  emit: (event) => {
    if (event.name !== 'project.changed') return
    const lost = event.payload.project?.lost
    if (lost?.copy || lost?.movedTo) say(`lost ${JSON.stringify(lost)}`)
  },
})
await workspace.open(folder)
const shape = { type: 'rectangle' as const, x: 0, y: 0, width: 1, height: 1 }
const facts = { source: 'hand' as const, modelId: null, score: null, prompts: [], candidate: null }

const commit = (): string => {
  const { store, editing } = workspace.project()
  const [imageId, labelId] = [store.images.ids()[0]!, store.labels.list()[0]!.id]
  const id = randomUUID()
  editing.commit(
    diffOf({
      annotations: {
        added: [{ id, imageId, labelId, shape, ...facts, ...newObject, createdAt: 1, updatedAt: 1 }],
      },
    }),
  )
  return id
}

createInterface(process.stdin).on('line', (line) => {
  if (line === 'close') void workspace.close().then(() => process.exit(0))
  else
    workspace.rescue({ to: line as 'back' | 'data' }).then(
      (file) => say(`rescued ${file}`),
      (thrown: unknown) => say(`failed ${String(thrown)}`),
    )
})

let wasRefused = false
for (;;) {
  try {
    say(`stored ${commit()}`)
    if (wasRefused) say('again')
    wasRefused = false
  } catch (thrown) {
    if (!hasCode(thrown, 'project-gone') && !hasCode(thrown, 'no-project')) throw thrown
    if (!wasRefused) say('refused')
    wasRefused = true
    await setTimeout(5)
  }
  await setImmediate()
}
