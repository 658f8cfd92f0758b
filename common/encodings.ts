/** The encodings of text files that can be said by hand, where a file is not in UTF-8 and does not tell. */

import { z } from 'zod'
import { msg } from './said.ts'

/** By the names that the Encoding Standard gives them, with what people know them as; the window translates that. */
export const encodings = [
  { id: 'gb18030', name: msg('Chinese, simplified (GBK, GB18030)') },
  { id: 'big5', name: msg('Chinese, traditional (Big5)') },
  { id: 'shift_jis', name: msg('Japanese (Shift-JIS)') },
  { id: 'euc-kr', name: msg('Korean (EUC-KR)') },
  { id: 'windows-1252', name: msg('Western (Windows-1252, Latin-1)') },
  { id: 'windows-1251', name: msg('Cyrillic (Windows-1251)') },
  { id: 'utf-16le', name: msg('UTF-16, little end first') },
  { id: 'utf-16be', name: msg('UTF-16, big end first') },
] as const

/** How a text that is not UTF-8 reads in an encoding that it may have. */
export const encodingPreviewSchema = z.object({
  /** An id of `encodings`. */
  encoding: z.string(),
  /** Pieces of it that are not plain ASCII, each cleaned and short. */
  samples: z.array(z.string()),
})
export type EncodingPreview = z.infer<typeof encodingPreviewSchema>

export const nameOfEncoding = (id: string): string => encodings.find((one) => one.id === id)?.name ?? id

/** Other names that people type. */
const aliases: Readonly<Record<string, string>> = {
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
  sjis: 'shift_jis',
  'shift-jis': 'shift_jis',
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  cp1252: 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  cp1251: 'windows-1251',
  'utf-16': 'utf-16le',
}

/** The id of an encoding by any of its names; what is none stays as it is. */
export const encodingOf = (name: string): string => {
  const known = name.trim().toLowerCase()
  return aliases[known] ?? known
}

export const isEncoding = (id: string): boolean => id === 'utf-8' || encodings.some((one) => one.id === id)

/** 'gb18030, big5, ...' */
export const encodingNames = encodings.map(({ id }) => id).join(', ')
