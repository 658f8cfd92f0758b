/** What is said of names that were to be added and are there. */
import { t } from '../../texts/t.ts'

/** 'one name was there already': @param known how many, one at least */
export const knownText = (known: number): string =>
  t('{count, plural, one {# name was} other {# names were}} there already.', { count: known })
