/** Folders and files on the disk: choosing, listing and showing them. */
import { z } from 'zod'
import { call } from './call.ts'
import { pathText, text } from '../text.ts'

export const folderCalls = {
  /** The shell's own folder dialog; null when the user cancels. */
  'folders.choose': call(z.object({ title: text() }), z.object({ folder: z.string().nullable() })),
  /** Subfolders for shells without a dialog; `folder` null starts at home. */
  'folders.list': call(
    z.object({ folder: pathText().nullable() }),
    z.object({
      folder: z.string(),
      parent: z.string().nullable(),
      folders: z.array(z.string()),
      imageCount: z.int(),
    }),
  ),
  /** Shows the project's, the last export's or the data folder in the system's file manager, where there is one. */
  'folders.reveal': call(z.object({ folder: text('path') }), z.object({ done: z.boolean() })),
  /** The shell's own file dialog; null when the user cancels. */
  'files.choose': call(
    z.object({
      title: text(),
      /** What the files are, and how their names end, without the dot. */
      kind: text(),
      extensions: z.array(text()).min(1).max(40),
    }),
    z.object({ file: z.string().nullable() }),
  ),
} as const
