/** The Japanese texts, a file a room; a key stands in one of them. */
import controls from './controls.json' with { type: 'json' }
import dialogs from './dialogs.json' with { type: 'json' }
import tasks from './tasks.json' with { type: 'json' }
import window from './window.json' with { type: 'json' }
import type { Catalogue } from '../texts.ts'

export const texts: Catalogue = {
  ...controls,
  ...dialogs,
  ...tasks,
  ...window,
}
