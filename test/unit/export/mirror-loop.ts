/** Child process of the mirror's tests: a project with the mirror on that commits without end, until it is killed. */
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { diffOf } from '../../../common/diff.ts'
import { objectByHand } from '../../support/objects.ts'
import { openCore } from '../../support/open-core.ts'

const [folder, dataFolder] = process.argv.slice(2) as [string, string]
const { client } = openCore(dataFolder)
await client.call('project.open', { folder })
await client.call('mirror.set', { format: 'labelme' })
const { labels } = await client.call('labels.list', {})
const shape = { type: 'rectangle' as const, x: 1, y: 1, width: 9, height: 9 }
for (let turn = 0; ; turn += 1) {
  const one = objectByHand(randomUUID(), shape, { imageId: 1 + (turn % 3), labelId: labels[0]!.id })
  await client.call('edit.commit', { diff: diffOf({ annotations: { added: [one] } }) })
  writeSync(1, `${one.id}\n`)
  await setTimeout(3)
}
