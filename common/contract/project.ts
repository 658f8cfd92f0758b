/** The open folder. */
import { z } from 'zod'
import { projectInfoSchema } from '../model.ts'
import { call, nothing } from './call.ts'

export const projectCalls = {
  'project.open': call(z.object({ folder: z.string().min(1) }), projectInfoSchema),
  'project.current': call(nothing, z.object({ project: projectInfoSchema.nullable() })),
  'project.recent': call(
    nothing,
    z.object({ recent: z.array(z.object({ folder: z.string(), name: z.string() })) }),
  ),
  /**
   * For a project that has lost its file (`lost` is set): writes it `back`, goes on with the copy in the `data` folder,
   * or writes it `elsewhere`, where opening that folder finds it. The first two open it anew; project.changed tells.
   */
  'project.rescue': call(
    z.discriminatedUnion('to', [
      z.object({ to: z.literal('back') }),
      z.object({ to: z.literal('data') }),
      z.object({ to: z.literal('elsewhere'), folder: z.string().min(1) }),
    ]),
    z.object({ file: z.string() }),
  ),
} as const

export const projectEvents = {
  /** Another folder was opened, its images were counted anew, or its file was lost or found again. */
  'project.changed': z.object({ project: projectInfoSchema.nullable() }),
  /** Another process has written to the project: classes, images and annotations may be others. */
  'project.outside': z.object({ project: projectInfoSchema }),
} as const
