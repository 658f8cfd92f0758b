/** What the encoder makes of a crop, and its cache in memory. Pure; the disk is embedding-files.ts. */
import { LRUCache } from 'lru-cache'
import type { Encoded } from './sam.ts'

/** The encoder's output as float16, and the upright size of the image it was made from. */
export interface Embedding extends Encoded {
  readonly width: number
  readonly height: number
}

export interface Embeddings {
  /** The embedding of `key`; a call in progress is shared, a failed one is forgotten. */
  get(key: string, make: () => Promise<Embedding>): Promise<Embedding>
  has(key: string): boolean
}

/** @param budget bytes of embeddings to keep; the least recently used go first, the newest always stays */
export const createEmbeddings = (budget: number): Embeddings => {
  const kept = new LRUCache<string, Embedding>({
    maxSize: Math.max(1, budget),
    sizeCalculation: ({ data }) => Math.max(1, Math.min(data.byteLength, budget)),
  })
  const running = new Map<string, Promise<Embedding>>()
  return {
    get(key, make) {
      const found = kept.get(key)
      if (found !== undefined) return Promise.resolve(found)
      const shared = running.get(key)
      if (shared !== undefined) return shared
      const made = make()
        .then((embedding) => {
          kept.set(key, embedding)
          return embedding
        })
        .finally(() => running.delete(key))
      running.set(key, made)
      return made
    },
    has: (key) => kept.has(key),
  }
}
