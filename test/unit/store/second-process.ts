/** Child process: opens the project that its parent has open, and commits at the same time. */
import { setImmediate } from 'node:timers/promises'
import { newObject } from '../../../common/new-records.ts'
import { diffOf } from '../../../common/diff.ts'
import { openProject } from '../../../core/project/project.ts'

const [folder, dataFolder] = process.argv.slice(2) as [string, string]
const project = await openProject({ folder, dataFolder, version: '1', emit: () => undefined })
const { store, editing } = project
process.send?.('open')
const imageId = store.images.ids()[0]!
const labelId = store.labels.list()[0]!.id
const shape = { type: 'rectangle' as const, x: 0, y: 0, width: 1, height: 1 }
const facts = { source: 'hand' as const, modelId: null, score: null, prompts: [], candidate: null }
for (let index = 0; index < 100; index += 1) {
  const annotation = {
    id: `child-${index}`,
    imageId,
    labelId,
    shape,
    ...facts,
    ...newObject,
    createdAt: 1,
    updatedAt: 1,
  }
  editing.commit(diffOf({ annotations: { added: [annotation] } }))
  await setImmediate()
}
await project.close()
process.disconnect()
