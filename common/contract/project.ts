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
} as const

export const projectEvents = {
  /** Another folder was opened, or its images were counted anew. */
  'project.changed': z.object({ project: projectInfoSchema.nullable() }),
} as const
