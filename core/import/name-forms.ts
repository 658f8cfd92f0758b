/**
 * The names that an image may go by in a label file. Tools that take images in give them names of their own and write
 * those; each form here stands for one of them. Pure.
 */

/** With forward slashes, composed (NFC). */
export const normalised = (path: string): string => path.replaceAll('\\', '/').normalize('NFC')

export const withoutExtension = (path: string): string => path.replace(/\.[^./]*$/, '')

export const stemOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const decoded = (name: string): string => {
  try {
    return normalised(decodeURIComponent(name))
  } catch {
    return name
  }
}

/** Label Studio's local files: /data/local-files/?d=folder/name.jpg */
const localFile = /[?&]d=([^&]+)/

/** A URL's own path: https://host/a/b.jpg?size=1 */
const withoutHost = (name: string) =>
  name.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i, '').replace(/[?#].*$/, '')

const changeLast = (path: string, change: (name: string) => string) => {
  const name = stemOf(path)
  return path.slice(0, path.length - name.length) + change(name)
}

/** Label Studio puts eight digits before the name of an upload: 1a2b3c4d-name.jpg */
const withoutUploadHash = (path: string) => changeLast(path, (name) => name.replace(/^[0-9a-f]{8}-/, ''))

/** Roboflow: name_jpg.rf.0123456789abcdef0123456789abcdef.jpg was name.jpg */
const withoutRoboflowHash = (path: string) =>
  changeLast(path, (name) =>
    name.replace(/[._](jpe?g|png|webp|bmp|tiff?|gif|avif)\.rf\.[0-9a-zA-Z]{16,40}(\.[^./]*)?$/i, '.$1'),
  )

/** YOLO's labels lie in a folder beside the one of the images: labels/train/a is images/train/a. */
const besideLabels = (path: string) => path.replace(/(^|\/)labels(\/(?!.*\/labels\/))/i, '$1images$2')

/** All forms of a name, the one that is nearest to what is written first; none twice. */
export const formsOfName = (given: string): string[] => {
  const written = normalised(given).replace(/^(\.?\/)+/, '')
  const forms = [written, besideLabels(written)]
  const local = localFile.exec(given)?.[1]
  if (local !== undefined) forms.push(decoded(local))
  for (const form of [...forms]) forms.push(decoded(form), decoded(withoutHost(form)))
  for (const form of [...forms]) forms.push(withoutUploadHash(form), withoutRoboflowHash(form))
  return [...new Set(forms)]
}
