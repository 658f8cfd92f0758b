/** Fetches a picture from our own origin. */
import { t } from './texts/t.ts'

/** The bytes of a picture. @throws Error for the user when it can't be had */
export const fetchBlob = async (url: string, signal?: AbortSignal): Promise<Blob> => {
  const response = await fetch(url, { signal: signal ?? null })
  if (response.ok) return response.blob()
  const reason = await response.text()
  throw new Error(
    reason === '' ? t('The image could not be read ({status}).', { status: response.status }) : reason,
  )
}
