/** A part of the images, for jobs that share a folder: the same images for each job that asks, whatever else is there. */
import { z } from 'zod'

export const shardSchema = z
  .object({
    /** 1 to `of`. */
    part: z.int().positive(),
    of: z.int().positive().max(100_000),
  })
  .refine(({ part, of }) => part <= of, { message: 'the part must be one of them' })
export type Shard = z.infer<typeof shardSchema>

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), of the text's UTF-16 units. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** By its path within the folder alone: an image that is added later moves no other to another part. */
export const isInShard = (path: string, { part, of }: Shard): boolean => hashOf(path) % of === part - 1
