/** What the dialog of detectors holds, what its preview shows of it, and the request that it makes. Pure. */
import type { DetectorLook, DetectRequest, FoundObject } from '../../../common/contract/detect.ts'
import type { ImageFilter } from '../../../common/contract/images.ts'
import type { ImageId } from '../../../common/model.ts'
import type { Quality } from '../../../common/segmentation.ts'
import { pathOf } from '../paths.ts'

/** What becomes of a class of the detector. */
export interface ClassRule {
  readonly taken: boolean
  /** The class that it becomes; empty: the one of its own name. */
  readonly to: string
  /** Its own limit; null: that of all. */
  readonly minScore: number | null
}

export interface DetectForm {
  readonly path: string
  readonly names: string
  /** What a detector by words is to find, as typed. */
  readonly words: string
  readonly readAs: string | null
  readonly minScore: number
  readonly as: DetectRequest['as']
  readonly scope: DetectRequest['scope']['kind']
  readonly proposed: boolean
  readonly rules: ReadonlyMap<string, ClassRule>
}

/** Ultralytics' own limit of `predict`. */
const USUAL_SCORE = 0.25

export const emptyForm = (path: string): DetectForm => ({
  path,
  names: '',
  words: '',
  readAs: null,
  minScore: USUAL_SCORE,
  as: 'boxes',
  scope: 'project',
  proposed: true,
  rules: new Map(),
})

const plainRule: ClassRule = { taken: true, to: '', minScore: null }

export const ruleOf = ({ rules }: Pick<DetectForm, 'rules'>, name: string): ClassRule =>
  rules.get(name) ?? plainRule

export const detectorOf = ({
  path,
  names,
  words,
  readAs,
}: Pick<DetectForm, 'path' | 'names' | 'words' | 'readAs'>) => {
  const given = pathOf(names)
  return {
    path: pathOf(path),
    ...(given === '' ? {} : { names: given }),
    ...(words.trim() === '' ? {} : { words: words.trim() }),
    ...(readAs === null ? {} : { readAs }),
  }
}

/** What is typed so far is a model, and with it no file of names or a whole one: each question may ask the person. */
export const isWholePath = (path: string, names: string): boolean =>
  /\.onnx$/i.test(pathOf(path)) && (pathOf(names) === '' || /\.(txt|names|ya?ml|json)$/i.test(pathOf(names)))

/** The kind that it is read as. */
export const kindOf = ({ kinds }: DetectorLook, readAs: string | null) =>
  kinds.find(({ id }) => id === readAs) ?? kinds[0]

/** What would be made of the finds on an image. */
export const shownFinds = (
  found: readonly FoundObject[],
  form: Pick<DetectForm, 'rules' | 'minScore'>,
): (FoundObject & { readonly to: string })[] =>
  found.flatMap((one) => {
    const { taken, to, minScore } = ruleOf(form, one.class)
    if (!taken || one.score < (minScore ?? form.minScore)) return []
    return [{ ...one, to: to.trim() || one.class }]
  })

export interface ClassLine {
  readonly name: string
  /** Of this image, at its limit. */
  readonly finds: number
}

/** The classes of the detector, those that this image has first. */
export const classLines = (
  classes: readonly string[],
  found: readonly FoundObject[],
  form: Pick<DetectForm, 'rules' | 'minScore'>,
): ClassLine[] => {
  const counts = new Map<string, number>()
  for (const one of found) {
    const { minScore } = ruleOf(form, one.class)
    if (one.score >= (minScore ?? form.minScore)) counts.set(one.class, (counts.get(one.class) ?? 0) + 1)
  }
  return classes
    .map((name) => ({ name, finds: counts.get(name) ?? 0 }))
    .toSorted((a, b) => Number(b.finds > 0) - Number(a.finds > 0))
}

export const detectRequestOf = (
  form: DetectForm,
  about: { readonly filter: ImageFilter; readonly imageId: ImageId | null; readonly quality: Quality },
): DetectRequest => {
  const { filter, imageId, quality } = about
  const scopeOf = (): DetectRequest['scope'] => {
    if (form.scope === 'image' && imageId !== null) return { kind: 'image', imageId }
    return form.scope === 'filter' ? { kind: 'filter', filter } : { kind: 'project' }
  }
  const classes = [...form.rules].flatMap(([from, { taken, to, minScore }]) =>
    taken && to.trim() === '' && minScore === null
      ? []
      : [{ from, to: taken ? to.trim() || from : null, ...(minScore === null ? {} : { minScore }) }],
  )
  const { minScore, as, proposed } = form
  return { detector: detectorOf(form), scope: scopeOf(), minScore, classes, as, quality, proposed }
}
