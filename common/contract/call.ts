/** How a call is written down: the schema of its input and of its output. */
import { z } from 'zod'

/** The input or the output of a call that carries nothing. */
export const nothing = z.object({})

export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output })
