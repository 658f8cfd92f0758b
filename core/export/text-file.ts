/** A text file that is written piece by piece, so that a big export never lies in memory. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

const BUFFERED = 1 << 18

export interface TextFile {
  write(text: string): Promise<void>
  /** Adds the content of another file. */
  append(file: string): Promise<void>
  close(): Promise<void>
}

/** Starts the file anew. Rejects with errors of the file system as they are. */
export const createTextFile = async (file: string): Promise<TextFile> => {
  const handle = await open(file, 'w')
  let waiting: string[] = []
  let length = 0
  const flush = async () => {
    const text = waiting.join('')
    waiting = []
    length = 0
    if (text !== '') await handle.appendFile(text)
  }
  return {
    async write(text) {
      waiting.push(text)
      length += text.length
      if (length >= BUFFERED) await flush()
    },
    async append(other) {
      await flush()
      for await (const chunk of createReadStream(other)) await handle.appendFile(chunk as Buffer)
    },
    async close() {
      try {
        await flush()
      } finally {
        await handle.close()
      }
    },
  }
}
