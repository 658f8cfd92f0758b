/** The French texts, a file a room; a key stands in one of them. */
import type { Catalogue } from '../texts.ts'

export const rooms = import.meta.glob<Catalogue>('./*.json', { eager: true, import: 'default' })
