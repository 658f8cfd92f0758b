/** The open folder. */
import { z } from 'zod'
import { damageSchema, repairedSchema, repairSourceSchema } from '../damage.ts'
import { heldSchema } from '../held.ts'
import { projectInfoSchema } from '../model.ts'
import { call, nothing } from './call.ts'
import { pathText } from '../text.ts'

export const projectCalls = {
  /**
   * Refused with `damaged-project` and what can be done about it, when the file can't be opened; with `held` and who has
   * it, when another computer works on it, unless it is taken over.
   */
  'project.open': call(z.object({ folder: pathText(), takeOver: z.boolean().optional() }), projectInfoSchema),
  /**
   * Puts a whole project file in the place of one that can't be opened, which is kept under another name. The folder is
   * not opened. Refused with `conflict` when its file is not damaged, `not-found` when there is nothing to take.
   */
  'project.repair': call(
    z.object({
      folder: pathText(),
      from: repairSourceSchema,
      /** One of the backups that `project.open` named; the newest when left out. */
      backup: pathText().optional(),
    }),
    repairedSchema,
  ),
  'project.current': call(nothing, z.object({ project: projectInfoSchema.nullable() })),
  /** Puts the sample photos into the data folder, when they are not there yet, and says where they lie. */
  'project.sample': call(nothing, z.object({ folder: z.string() })),
  'project.recent': call(
    nothing,
    z.object({
      /** Newest first; `isThere` is false where nothing lies at the path now, as on a drive that is not connected. */
      recent: z.array(z.object({ folder: z.string(), name: z.string(), isThere: z.boolean() })),
      /** The last folder that was to be opened and could not be; null when one was opened since. */
      notOpened: z.object({ folder: z.string(), message: z.string() }).nullable(),
    }),
  ),
  /**
   * For a project that has lost its file (`lost` is set): writes it `back`, goes on where its folder was `moved` to, or with the copy in the `data` folder,
   * or writes it `elsewhere`, where opening that folder finds it. All but the last open it anew; project.changed tells.
   */
  'project.rescue': call(
    z.discriminatedUnion('to', [
      z.object({ to: z.literal('back') }),
      z.object({ to: z.literal('moved') }),
      z.object({ to: z.literal('data') }),
      z.object({ to: z.literal('elsewhere'), folder: pathText() }),
    ]),
    z.object({ file: z.string() }),
  ),
} as const

export const projectEvents = {
  /** A folder could not be opened, whoever asked: its project file is damaged. */
  'project.refused': z.object({ damage: damageSchema }),
  /** A folder could not be opened, whoever asked: another computer has its project open. */
  'project.held': z.object({ held: heldSchema }),
  /** Another folder was opened, its images were counted anew, or its file was lost or found again. */
  'project.changed': z.object({ project: projectInfoSchema.nullable() }),
  /** Another process has written to the project: classes, images and annotations may be others. */
  'project.outside': z.object({ project: projectInfoSchema }),
} as const
