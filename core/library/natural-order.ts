/** The order of the image list: by path, folder by folder, numbers by their value ("img2" before "img10"). */

/** One locale for every machine, so that a project has one order wherever it is opened. */
const collator = new Intl.Collator('en', { numeric: true })

/** Names that the collator holds equal ("1.jpg", "01.jpg") still need one order. */
const compareNames = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)

interface Folder {
  readonly files: Map<string, string>
  readonly folders: Map<string, Folder>
}

const emptyFolder = (): Folder => ({ files: new Map(), folders: new Map() })

const collect = (folder: Folder, sorted: string[]): void => {
  const names = [...new Set([...folder.files.keys(), ...folder.folders.keys()])].sort(compareNames)
  for (const name of names) {
    const file = folder.files.get(name)
    if (file !== undefined) sorted.push(file)
    const inner = folder.folders.get(name)
    if (inner !== undefined) collect(inner, sorted)
  }
}

/** Paths with forward slashes, sorted; each name is compared with those beside it only. */
export const sortNaturally = (paths: readonly string[]): string[] => {
  const root = emptyFolder()
  for (const path of paths) {
    const parts = path.split('/')
    const name = parts.pop()!
    let folder = root
    for (const part of parts) {
      let next = folder.folders.get(part)
      if (next === undefined) folder.folders.set(part, (next = emptyFolder()))
      folder = next
    }
    folder.files.set(name, path)
  }
  const sorted: string[] = []
  collect(root, sorted)
  return sorted
}
