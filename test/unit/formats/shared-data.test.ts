/**
 * Photos and labels that lie beside the project, out through every format and in again: no problem is told that is none.
 * They are not part of the project: where they are absent the tests say that they are skipped.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { formatList } from '../../../common/formats.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { openImportProject } from '../import/project.ts'

const shared = join(import.meta.dirname, '../../../../shared')
const isMissing = !existsSync(join(shared, 'data/coco-dev/images')) || !existsSync(join(shared, 'cases'))
const skipped = isMissing ? ' (skipped: ../shared is not on this machine)' : ''

const openPhotos = async (folder: string) => {
  const names = readdirSync(folder).filter((name) => /\.(jpg|png)$/.test(name))
  const project = await openImportProject(
    Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))])),
  )
  onTestFinished(() => project.close())
  return project
}
type Project = Awaited<ReturnType<typeof openPhotos>>

/** Each format's export, looked at by the project that it is of: all of it is there already, or is new as pixels are. */
const expectEveryFormat = async ({ client, top, look }: Project) => {
  for (const { id: format } of formatList) {
    const out = join(top, format)
    const request = { format, out, copyImages: false, validation: 0.2, seed: 1 }
    const { detail } = ensureDone(await runWork(client, 'export', request))
    expect(detail!.annotations, format).toBeGreaterThan(0)
    const { problems, leftOut, unmatched } = await look(out)
    expect({ format, problems, leftOut, unmatched }).toEqual({
      format,
      problems: [],
      leftOut: 0,
      unmatched: 0,
    })
  }
}

test.skipIf(isMissing)(
  `labels of COCO photos go through every format${skipped}`,
  { timeout: 180_000 },
  async () => {
    const project = await openPhotos(join(shared, 'data/coco-dev/images'))
    const { report } = await project.take(join(shared, 'data/coco-dev/labels'))
    expect(report).toMatchObject({ problems: [], leftOut: 0, unmatched: 0 })
    expect(report.added).toBeGreaterThan(100)
    await expectEveryFormat(project)
  },
)

test.skipIf(isMissing).each([
  ['coco-size/zero.json', 'coco-size/imgs', 0],
  ['coco-size/null.json', 'coco-size/imgs', 0],
  // One record is of an image that the file does not have, one has a NaN: real problems, told once, at the import.
  ['coco-size/orphan.json', 'coco-size/imgs', 1],
  ['coco-values/nan.json', 'coco-values/imgs', 1],
  ['coco-values/nanscore.json', 'coco-values/imgs', 0],
] as const)(
  `case %s goes through every format${skipped}`,
  { timeout: 60_000 },
  async (file, photos, leftOut) => {
    const project = await openPhotos(join(shared, 'cases', photos))
    const { report } = await project.take(join(shared, 'cases', file))
    expect(report.leftOut).toBe(leftOut)
    if (report.added > 0) await expectEveryFormat(project)
  },
)
