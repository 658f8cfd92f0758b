/** The labels of a new project: the names in the folder's classes.txt, or one label to start with. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Label } from '../../common/model.ts'
import { nextLabelColor } from '../../common/palette.ts'

const longestName = 200

const readNames = (folder: string): string[] => {
  let text: string
  try {
    text = readFileSync(join(folder, 'classes.txt'), 'utf8')
  } catch {
    return []
  }
  const names = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim().slice(0, longestName).trim())
    .filter((name) => name !== '')
  return [...new Set(names)]
}

export const firstLabels = (folder: string): Label[] => {
  const names = readNames(folder)
  const labels: Label[] = []
  for (const name of names.length > 0 ? names : ['object'])
    labels.push({ id: randomUUID(), name, color: nextLabelColor(labels), position: labels.length })
  return labels
}
