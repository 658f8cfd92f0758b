/** Names a file by its content. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** SHA-256 of the file's bytes, lower-case hex. Reads in small pieces, so the process goes on answering. */
export const hashFile = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}
