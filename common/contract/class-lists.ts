/** Lists of classes in files, and what is done to a class with all its objects. */
import { z } from 'zod'
import { limits } from '../limits.ts'
import { imageIdSchema, labelIdSchema, labelSchema } from '../model.ts'
import { text } from '../text.ts'
import { call, nothing } from './call.ts'

/** A name a line, YOLO's data.yaml, COCO's categories, LabelMe's labels.txt. */
const classListKindSchema = z.enum(['txt', 'yaml', 'coco', 'labelme'])
export type ClassListKind = z.infer<typeof classListKindSchema>

const listedClassSchema = z.object({ name: z.string(), supercategory: z.string().nullable() })
export type ListedClass = z.infer<typeof listedClassSchema>

/** Characters: 20,000 names with all that COCO says of them. */
const LONGEST_LIST = 8_000_000

export const classListCalls = {
  /** The classes in a file of another program. Refused with `bad-input` when it holds none. */
  'labels.readList': call(
    z.object({ name: text('path'), text: z.string().max(LONGEST_LIST) }),
    z.object({ classes: z.array(listedClassSchema) }),
  ),
  /** The project's classes as such a file. */
  'labels.writeList': call(
    z.object({ kind: classListKindSchema }),
    z.object({ name: z.string(), text: z.string() }),
  ),
  /**
   * What is said of a class besides name and colour; its objects take the values of renamed attributes along: one edit.
   * Refused with `conflict` when one of them is locked, `not-found` when the class is gone.
   */
  'labels.describe': call(
    z.object({
      labelId: labelIdSchema,
      said: labelSchema.pick({ key: true, supercategory: true, description: true, attributes: true }),
      renamed: z.array(z.object({ from: text(), to: text() })).max(limits.attributes),
    }),
    nothing,
  ),
  /**
   * Gives all objects of a class to another one, and removes the class if asked: one edit. Refused with `conflict` when
   * one of them is locked, `not-found` when a class is gone.
   */
  'labels.merge': call(
    z.object({ from: labelIdSchema, into: labelIdSchema, remove: z.boolean() }),
    z.object({
      annotations: z.int(),
      images: z.int(),
      /** One of these images, where undo takes it back; null when there is none. */
      imageId: imageIdSchema.nullable(),
    }),
  ),
} as const
