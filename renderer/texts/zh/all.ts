/** The Chinese texts, a file a room; a key stands in one of them. */
import actions from './actions.json' with { type: 'json' }
import checks from './checks.json' with { type: 'json' }
import classes from './classes.json' with { type: 'json' }
import common from './common.json' with { type: 'json' }
import controls from './controls.json' with { type: 'json' }
import core from './core.json' with { type: 'json' }
import detect from './detect.json' with { type: 'json' }
import dialogs from './dialogs.json' with { type: 'json' }
import gallery from './gallery.json' with { type: 'json' }
import grid from './grid.json' with { type: 'json' }
import images from './images.json' with { type: 'json' }
import imports from './import.json' with { type: 'json' }
import keys from './keys.json' with { type: 'json' }
import merge from './merge.json' with { type: 'json' }
import objects from './objects.json' with { type: 'json' }
import panels from './panels.json' with { type: 'json' }
import rendition from './rendition.json' with { type: 'json' }
import scale from './scale.json' with { type: 'json' }
import stage from './stage.json' with { type: 'json' }
import state from './state.json' with { type: 'json' }
import statistics from './statistics.json' with { type: 'json' }
import tasks from './tasks.json' with { type: 'json' }
import tools from './tools.json' with { type: 'json' }
import window from './window.json' with { type: 'json' }
import work from './work.json' with { type: 'json' }
import workbench from './workbench.json' with { type: 'json' }
import type { Catalogue } from '../texts.ts'

export const texts: Catalogue = {
  ...actions,
  ...checks,
  ...classes,
  ...common,
  ...controls,
  ...core,
  ...detect,
  ...dialogs,
  ...gallery,
  ...grid,
  ...images,
  ...imports,
  ...keys,
  ...merge,
  ...objects,
  ...panels,
  ...rendition,
  ...scale,
  ...stage,
  ...state,
  ...statistics,
  ...tasks,
  ...tools,
  ...window,
  ...work,
  ...workbench,
}
