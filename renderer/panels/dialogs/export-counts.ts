/** What an export would write, counted before it runs. */
import { useEffect, useState } from 'react'
import type { ImageFilter } from '../../../common/contract/images.ts'
import type { FormatDescription } from '../../../common/formats.ts'
import type { Client } from '../../../common/rpc.ts'
import { reportError } from '../../state/report.ts'
import { useLabels, useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'

export interface ExportCounts {
  readonly images: number
  /** Of these, those with objects. */
  readonly labelled: number
  /** Of these, those that can't be read. */
  readonly broken: number
  /** Of these, those that are marked done. */
  readonly done: number
  readonly objects: number
  readonly classes: number
}

const countOf = async (client: Client, show: ImageFilter['show']) =>
  (await client.call('images.list', { offset: 0, limit: 1, filter: { text: '', show } })).total

/** null while it is counted. */
export const useExportCounts = (): ExportCounts | null => {
  const { client } = useSession()
  const labels = useLabels()
  const [counts, setCounts] = useState<ExportCounts | null>(null)
  useEffect(() => {
    let current = true
    const load = async () => {
      const [images, labelled, broken, done, usages] = await Promise.all([
        countOf(client, 'all'),
        countOf(client, 'labelled'),
        countOf(client, 'problem'),
        countOf(client, 'done'),
        Promise.all(labels.map(({ id }) => client.call('labels.usage', { labelId: id }))),
      ])
      const objects = usages.reduce((sum, { annotations }) => sum + annotations, 0)
      if (current) setCounts({ images, labelled, broken, done, objects, classes: labels.length })
    }
    load().catch(reportError)
    return () => {
      current = false
    }
  }, [client, labels])
  return counts
}

/**
 * 'Writes 9 objects in 5 classes on 12 images. 2 images can’t be read and are left out.'
 * @param asked what was asked for: only images that are done; only those of the list, and how many these are
 */
export const exportSummary = (
  counts: ExportCounts,
  format: Pick<FormatDescription, 'images'>,
  asked: { readonly onlyDone?: boolean; readonly listed?: number | null } = {},
): string => {
  const { images, labelled, broken, objects, classes } = counts
  const { onlyDone = false, listed = null } = asked
  if (images === 0) return t('There are no images in this folder to export.')
  const lost =
    broken > 0
      ? ` ${t('{count, plural, one {# image} other {# images}} can’t be read and will be left out.', { count: broken })}`
      : ''
  if (listed !== null)
    return onlyDone
      ? t(
          'Writes what the {count, plural, one {# image of the list holds} other {# images of the list hold}}, where marked done.',
          { count: listed },
        )
      : t(
          'Writes what the {count, plural, one {# image of the list holds} other {# images of the list hold}}.',
          { count: listed },
        )
  if (onlyDone)
    return counts.done === 0
      ? t('No image is marked done yet. Mark some with {key}, or export all.', { key: '{toggle-done}' })
      : t(
          'Writes {count, plural, one {# image that is} other {# images that are}} marked done, with their objects.',
          { count: counts.done },
        )
  const sentence =
    format.images === 'all'
      ? t(
          'Writes {objects, plural, one {# object} other {# objects}} in {classes, plural, one {# class} other {# classes}} on {images, plural, one {# image} other {# images}}.',
          { objects, classes, images: images - broken },
        )
      : t(
          'Writes {objects, plural, one {# object} other {# objects}} in {classes, plural, one {# class} other {# classes}} on {images, plural, one {# image} other {# images}}, and images without objects that are marked done.',
          { objects, classes, images: labelled },
        )
  return sentence + lost
}
