/** How large the window shows everything. In a browser its own zoom does that. */
import { toast } from 'sonner'
import { scaleLimits } from '../../common/contract/settings.ts'
import { msg } from '../../common/said.ts'
import type { Session } from '../state/session.ts'
import { percent } from '../texts/numbers.ts'
import { t } from '../texts/t.ts'
import type { Action, ActionState } from './action.ts'

const { least, most, step } = scaleLimits

/** The next step up or down, within the limits. Steps are counted: a sum of tenths is no tenth. */
const steppedScale = (scale: number, by: 1 | -1): number =>
  Math.min(most, Math.max(least, Math.round(Math.round(scale / step + by) * 100 * step) / 100))

/** @param scaleOf of the one that holds, which is 1 = 100 % */
const scaling = (
  words: Pick<Action, 'id' | 'label' | 'shortcuts'>,
  scaleOf: (scale: number) => number,
): Action => ({
  ...words,
  group: 'View',
  repeats: true,
  enabled: ({ settings, ownWindow }: ActionState) =>
    ownWindow && settings !== null && scaleOf(settings.scale) !== settings.scale,
  whyNot: msg('This is the last step. In a browser, its own zoom does this (Ctrl + and Ctrl −).'),
  run: (session: Session) => {
    const { settings } = session.store.getState()
    if (settings === null) return
    const scale = scaleOf(settings.scale)
    session.changeSettings({ scale })
    toast(t('Interface scale {scale}', { scale: percent(scale) }), { id: 'scale', duration: 1500 })
  },
})

export const scaleActions: readonly Action[] = [
  scaling(
    { id: 'scale-up', label: msg('Show the interface larger'), shortcuts: ['Mod+Alt+=', 'Mod+Alt++'] },
    (scale) => steppedScale(scale, 1),
  ),
  scaling({ id: 'scale-down', label: msg('Show the interface smaller'), shortcuts: ['Mod+Alt+-'] }, (scale) =>
    steppedScale(scale, -1),
  ),
  scaling({ id: 'scale-reset', label: msg('Show the interface at 100%'), shortcuts: ['Mod+Alt+0'] }, () => 1),
]
