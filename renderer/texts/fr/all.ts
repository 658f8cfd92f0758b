/** The French texts, a file a room; a key stands in one of them. */
import { joinRooms, type Catalogue } from '../texts.ts'

export const texts = joinRooms(import.meta.glob<Catalogue>('./*.json', { eager: true, import: 'default' }))
