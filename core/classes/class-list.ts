/**
 * Lists of classes as other programs keep them: classes.txt and LabelMe's labels.txt (a name a line), YOLO's data.yaml,
 * COCO's categories. Read for their names, written from the project's classes.
 */
import { stringify } from 'yaml'
import { z } from 'zod'
import type { ClassListKind, ListedClass } from '../../common/contract/class-lists.ts'
import { CodedError } from '../../common/errors.ts'
import { cleanLabelName, namesOfLines } from '../../common/label-name.ts'
import { limits } from '../../common/limits.ts'
import type { Label } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { readYamlNames } from '../import/class-names.ts'

/** What LabelMe puts before the names: no class (https://github.com/wkentaro/labelme, examples/instance_segmentation). */
const notClasses = new Set(['__ignore__', '_background_'])

const cocoSchema = z.object({
  categories: z.array(z.object({ id: z.number(), name: z.string(), supercategory: z.unknown() })),
})

/** Characters. Text that only looks like YAML keeps its reader busy for 2 s a million of them. */
const LONGEST_YAML = 1_000_000

const listed = (name: string, supercategory: string | null = null): ListedClass => ({ name, supercategory })

const valueOfJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw new CodedError('bad-input', said('The file is no JSON.'), { cause: thrown })
  }
}

const readCoco = (text: string): ListedClass[] => {
  const found = cocoSchema.safeParse(valueOfJson(text))
  if (!found.success)
    throw new CodedError('bad-input', said('The JSON has no categories with names, as COCO has them.'))
  return found.data.categories
    .toSorted((a, b) => a.id - b.id)
    .map(({ name, supercategory }) => listed(name, typeof supercategory === 'string' ? supercategory : null))
}

const readYaml = (text: string): ListedClass[] => {
  const found = text.length > LONGEST_YAML ? null : readYamlNames(text)
  if (found === null)
    throw new CodedError('bad-input', said('The YAML has no names, as a data.yaml has them.'))
  return found.names.map((name) => listed(name))
}

/**
 * The classes in a file, cleaned, each once whatever its case, in the file's order.
 * @param name of the file: .json is COCO, .yaml and .yml are YOLO, all else has a name a line
 * @throws CodedError bad-input when it holds none
 */
export const readClassList = (name: string, text: string): ListedClass[] => {
  const ending = /\.(json|ya?ml)$/i.exec(name)?.[1]?.toLowerCase()
  const given =
    ending === 'json'
      ? readCoco(text)
      : ending === undefined
        ? namesOfLines(text)
            .filter((line) => !notClasses.has(line.trim()))
            .map((line) => listed(line))
        : readYaml(text)
  const known = new Set<string>()
  const classes = given.flatMap((one) => {
    const clean = cleanLabelName(one.name)
    const key = clean.toLocaleLowerCase()
    if (clean === '' || known.has(key)) return []
    known.add(key)
    const above = cleanLabelName(one.supercategory ?? '')
    return [listed(clean, above === '' || above.toLocaleLowerCase() === key ? null : above)]
  })
  if (classes.length === 0)
    throw new CodedError('bad-input', said('{name} holds no names of classes.', { name }))
  if (classes.length > limits.classes)
    throw new CodedError(
      'bad-input',
      said('{name} holds more than {classes, number} classes.', { name, classes: limits.classes }),
    )
  return classes
}

type Written = Pick<Label, 'name' | 'supercategory'>

const lines = (names: readonly string[]) => names.map((name) => `${name}\n`).join('')

/** The classes in their order, as a file of that kind. */
export const writeClassList = (
  kind: ClassListKind,
  labels: readonly Written[],
): { readonly name: string; readonly text: string } => {
  const names = labels.map(({ name }) => name)
  switch (kind) {
    case 'txt':
      return { name: 'classes.txt', text: lines(names) }
    case 'labelme':
      return { name: 'labels.txt', text: lines([...notClasses, ...names]) }
    case 'yaml':
      return {
        name: 'data.yaml',
        text: stringify({ nc: names.length, names: new Map(names.entries()) }),
      }
    case 'coco': {
      const categories = labels.map(({ name, supercategory }, index) => ({
        // COCO counts from 1.
        id: index + 1,
        name,
        supercategory: supercategory ?? '',
      }))
      return { name: 'categories.json', text: `${JSON.stringify({ categories }, null, 2)}\n` }
    }
  }
}
