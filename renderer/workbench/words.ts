/** What the workbench says of objects that are lost with their folder, and of a picture that can't be shown. */
import { t } from '../texts/t.ts'

/** @param count of objects whose mask was still to come */
export const lostText = (count: number): string =>
  t(
    '{count, plural, one {One object} other {# objects}} of the folder before could not be stored: the mask was not there yet.',
    { count },
  )

/** @param message why the browser could not show the picture */
export const unshownText = (message: string): string =>
  /decode/i.test(message) ? t('The file is damaged or cut off: it has no whole picture.') : message
