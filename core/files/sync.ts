/** Brings to the disk what must survive a power cut. */
import { closeSync, fsyncSync, openSync } from 'node:fs'

/** What was written to the file. @throws the file system's error */
export const syncFile = (file: string): void => {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The names in the folder. Windows has no way to ask for it. */
export const syncFolder = (folder: string): void => {
  try {
    const handle = openSync(folder, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {
    // The drive will do it in its own time.
  }
}
