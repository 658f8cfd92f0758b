/**
 * Writes a YOLO export. With images: images/{train,val} and labels/{train,val}. Without: labels/ as the folder is
 * laid out, and lists, to which a link named images is added later.
 */
import { writeFile } from 'node:fs/promises'
import { CodedError } from '../../../common/errors.ts'
import { said } from '../../../common/said.ts'
import { besideOf, createNames, needsPng } from '../../export/names.ts'
import { yoloClasses, yoloDataYaml } from './lines.ts'
import type { FittedObject } from '../../export/objects.ts'
import { checkRoomFor, createPlaces, placeOfOriginal, type PlacedImage } from '../../export/place.ts'
import { finishedOf } from '../../export/plan.ts'
import type { PlannedImage, Run } from '../../export/run.ts'
import { bySide, divide, SIDES, type BySide, type Division, type Side } from '../../export/sides.ts'
import { createTextFile } from '../../export/text-file.ts'
import { writtenImages } from '../../export/written.ts'
import { lineOfObject, type YoloTask } from './tasks.ts'

type YoloPlace = PlacedImage & { readonly side: Side }

/** Where the images and label files of a side lie. Trainers find one by the other: they read "labels" for "images". */
interface Folders {
  images(side: Side): string
  labels(side: Side): string
}

const roboflowNames: Readonly<Record<Side, string>> = { train: 'train', val: 'valid', test: 'test' }

const layouts: Readonly<Record<string, Folders>> = {
  ultralytics: { images: (side) => `images/${side}`, labels: (side) => `labels/${side}` },
  roboflow: {
    images: (side) => `${roboflowNames[side]}/images`,
    labels: (side) => `${roboflowNames[side]}/labels`,
  },
}

/** Ultralytics takes smaller images for damaged ones. */
const SMALLEST = 10

const lineEnd = /[\n-\r\x1c-\x1e\x85\u2028\u2029]/

/** Without copies nothing can be renamed: what can't be told apart is left out by name. */
const onlyDistinct = (run: Run, images: readonly PlannedImage[]): PlannedImage[] => {
  const nameOf = createNames('stem')
  return images.filter(({ path }) => {
    // The lists have one name a line.
    const why = lineEnd.test(path) ? said('its name has a line end') : nameOf(path, null).why
    if (why !== null)
      run.leftOut.add(
        said('Left out: {why}. Export with images to get it under a name of its own.', { why }),
        path,
      )
    else if (needsPng(path))
      run.changed.add(said('Trainers may not read this kind of file. Export with images to get a PNG.'), path)
    return why === null
  })
}

const placesOf = (
  run: Run,
  images: readonly PlannedImage[],
  division: Division,
  folders: Folders,
): YoloPlace[] => {
  const copies = new Map(SIDES.map((side) => [side, createPlaces('stem', folders.images(side))]))
  return images.map((image) => {
    const side = division.sideOf(image)
    return { ...(run.request.copyImages ? copies.get(side)!(image) : placeOfOriginal(image)), side }
  })
}

/** Labels and images, one after the other; answers the images that were written, by side. */
const writeImages = async (task: YoloTask, run: Run, places: readonly YoloPlace[], folders: Folders) => {
  const written = bySide<string>()
  let annotationCount = 0
  const make = (object: FittedObject) => lineOfObject(task, run, object)
  for await (const { place, objects } of writtenImages(run, places, {
    make,
    isWhole: (object) => task.isWhole?.(object) ?? false,
    emptyTeaches: true,
  })) {
    const { image, side, name } = place
    if (Math.min(image.width, image.height) < SMALLEST)
      run.changed.add(
        said('Ultralytics skips images with a side under {smallest} pixels.', { smallest: SMALLEST }),
        image.path,
      )
    const folder = run.request.copyImages ? folders.labels(side) : 'labels'
    const label = `${folder}/${besideOf(name, 'txt')}`
    const file = await run.output.stage(label)
    // Ultralytics keeps what it read before in a file beside the folder of labels.
    run.output.retire(`${label.slice(0, label.lastIndexOf('/'))}.cache`)
    await writeFile(file, objects.map((line) => `${line}\n`).join(''))
    annotationCount += objects.length
    written[side].push(name)
  }
  return { written, annotations: annotationCount }
}

const writeLists = async (run: Run, written: Readonly<BySide<string>>) => {
  for (const side of SIDES) {
    if (written[side].length === 0) continue
    const list = await createTextFile(await run.output.stage(`${side}.txt`))
    for (const name of written[side]) await list.write(`./images/${name}\n`)
    await list.close()
  }
}

const trainNotes = (task: YoloTask, run: Run): string[] => {
  const train = said('To train: yolo {task} train data=data.yaml', { task: task.name })
  if (run.request.copyImages)
    return [said('{train} (in the folder of the export, or with the whole path of data.yaml).', { train })]
  return [
    said(
      'The images were not copied. Ultralytics looks for them in a folder "images" beside "labels": copy your folder of images there under that name, or link it once (ln -s "{folder}" images; on Windows: mklink /J images "{folder}"). {train}',
      { folder: run.source.folder, train },
    ),
    said(
      'With a link Ultralytics reads your originals, and it rewrites JPEG files that it takes for damaged. Copies are safer.',
    ),
  ]
}

/**
 * Writes the images that have objects or are done, divided into training and validation.
 * @returns how many images and annotations were written
 */
export const writeYolo = async (task: YoloTask, run: Run, all: readonly PlannedImage[]) => {
  const { copyImages } = run.request
  const finished = finishedOf(run, all, said('an empty label file'))
  const images = copyImages ? finished : onlyDistinct(run, finished)
  const division = await divide(run, images)
  const folders = layouts[String(run.options.layout)]!
  const places = placesOf(run, images, division, folders)
  await checkRoomFor(run, places)
  run.expect(places.length)
  const { written, annotations } = await writeImages(task, run, places, folders)
  const count = SIDES.reduce((sum, side) => sum + written[side].length, 0)
  if (count === 0) {
    const [first] = run.leftOut.all
    const nothing = said('There is nothing to export: no image can be written.')
    const why =
      first &&
      said('For instance {image}: {problem}', {
        image: first.image ?? said('all images'),
        problem: first.message,
      })
    throw new CodedError('not-found', [nothing, ...(why ? [why] : [])].join(' '))
  }

  if (!copyImages) await writeLists(run, written)
  const place = (side: Side) => (copyImages ? folders.images(side) : `${side}.txt`)
  // A trainer needs both; where one side has nothing, the other does for it.
  const sides = SIDES.filter((side) => written[side].length > 0)
  const orFirst = (side: Side) => place(sides.includes(side) ? side : sides[0]!)
  run.notes.push(...division.notes(written), ...trainNotes(task, run))
  const yaml = yoloDataYaml({
    labels: run.labels,
    task: task.name,
    train: orFirst('train'),
    validation: orFirst('val'),
    test: sides.includes('test') ? place('test') : null,
    comments: [said('Written by Maskwright {version}.', { version: run.version }), ...trainNotes(task, run)],
  })
  await writeFile(await run.output.stage('data.yaml'), yaml)
  await writeFile(await run.output.stage('classes.txt'), yoloClasses(run.labels))
  return { images: count, annotations }
}
