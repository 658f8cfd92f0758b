/** The smart tool as one object. */
import { WandSparkles } from 'lucide-react'
import type { Annotation } from '../../../common/model.ts'
import { complete } from '../drafts.ts'
import { draftOnto } from '../onto.ts'
import type { Draft, Tool } from '../tool.ts'
import { drawSmart } from './draw.ts'
import { masksOf } from './masks.ts'
import { smartRegion } from './region.ts'
import { initial, regained, type SmartState } from './state.ts'
import { step } from './step.ts'
import { smartHint, smartStatus } from './words.ts'
import { msg } from '../../../common/said.ts'

const ofStoredObject = new WeakMap<Annotation, Draft>()

const draftFor = (target: Annotation): Draft => {
  const draft = ofStoredObject.get(target) ?? { complete: true, replaces: target }
  ofStoredObject.set(target, draft)
  return draft
}

export const smartTool: Tool<SmartState> = {
  id: 'smart',
  label: msg('Smart select'),
  key: 'S',
  icon: WandSparkles,
  gestures: [
    { keys: msg('Click'), text: msg('Smart: this belongs to the object') },
    { keys: msg('Right click, Alt+click'), text: msg('Smart: this does not belong to it') },
    { keys: msg('Drag'), text: msg('Smart: a box around the object') },
    { keys: 'S S', text: msg('Smart: reopen the selected object that the model made, with its prompts') },
  ],
  initial,
  step,
  draft({ attempts, target, onto }) {
    if (attempts.length === 0) return null
    if (onto) return draftOnto(onto, true)
    return target ? draftFor(target) : complete
  },
  inGesture: ({ gesture }) => gesture !== null,
  shelved: (state) => ({ ...state, gesture: null }),
  regained,
  asks: {
    open: ({ asked }) => asked,
    committing: ({ committing }) => committing.length,
    isFree: ({ gesture, asked }) => gesture === null && asked === null,
    masks: masksOf,
  },
  cursor: () => 'crosshair',
  // A press alone shows nothing: the model is at work already.
  drawn: ({ committing, gesture }) => [committing, gesture?.dragging === true ? gesture : null],
  draw: drawSmart,
  region: smartRegion,
  hint: ({ onto }, seen) => smartHint(onto, seen),
  status: (_, seen) => smartStatus(seen),
}
