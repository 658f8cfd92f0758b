/** One instances file that is being written: images at once, objects in a draft that is appended at the end. */
import { createTextFile } from '../../export/text-file.ts'
import type { Run } from '../../export/run.ts'
import {
  COCO_END,
  COCO_LICENSE,
  COCO_MIDDLE,
  COCO_SEPARATOR,
  cocoStart,
  type CocoAbout,
  type CocoImage,
  type Unnumbered,
} from './records.ts'

export interface CocoFile {
  /** One more image and its objects; they are numbered from 1 through the file. */
  add(image: Omit<CocoImage, 'license'>, objects: readonly Unnumbered[]): Promise<void>
  /** Puts images and objects together. */
  finish(): Promise<void>
  /** Lets go of the files; after `finish`, or when it can't be finished. */
  close(): Promise<void>
}

/** Starts `path`, relative to the export. Rejects with errors of the file system as they are. */
export const createCocoFile = async (run: Run, path: string, about: CocoAbout): Promise<CocoFile> => {
  const draft = `${path}.objects`
  const main = await createTextFile(await run.output.stage(path))
  const draftFile = await run.output.stage(draft)
  const objects = await createTextFile(draftFile)
  const license = about.license === '' ? {} : { license: COCO_LICENSE }
  const counts = { images: 0, annotations: 0 }
  const above = new Map(run.source.labels().map(({ id, supercategory }) => [id, supercategory]))
  const classes = run.labels.map(({ name, label }) => ({
    name,
    above: (label === null ? null : above.get(label)) ?? null,
  }))
  await main.write(cocoStart(about, classes))
  return {
    async add(image, records) {
      await main.write((counts.images++ > 0 ? COCO_SEPARATOR : '') + JSON.stringify({ ...image, ...license }))
      for (const record of records) {
        const before = counts.annotations++ > 0 ? COCO_SEPARATOR : ''
        await objects.write(before + JSON.stringify({ id: counts.annotations, ...record }))
      }
    },
    async finish() {
      await objects.close()
      await main.write(COCO_MIDDLE)
      await main.append(draftFile)
      await main.write(COCO_END)
    },
    async close() {
      await objects.close()
      await main.close()
      await run.output.drop(draft)
    },
  }
}
