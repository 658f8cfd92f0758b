/** Brightness, contrast, gamma and channel of the view: a button in the top bar, and the panel that it opens. */
import { Contrast } from 'lucide-react'
import { Popover } from 'radix-ui'
import type { ViewLevels } from '../state/levels.ts'
import { channels, gammaOf, isPlainView, plainView, type Channel } from '../state/levels.ts'
import { useApp, useSession, useShownLevels, useView, useWorkbench } from '../state/session-context.ts'
import { actionOf } from '../actions/all-actions.ts'
import { Rendition } from './rendition/Rendition.tsx'
import { msg } from '../../common/said.ts'
import { rich, t } from '../texts/t.ts'
import { ActionKeys } from './controls/Keys.tsx'
import { Segmented } from './controls/Segmented.tsx'
import { Tip } from './controls/Tip.tsx'
import { returnToStage } from './controls/return-to-stage.ts'

type LevelKey = Exclude<keyof ViewLevels, 'channel'>

const sliders: readonly { readonly key: LevelKey; readonly label: string }[] = [
  { key: 'brightness', label: msg('Brightness') },
  { key: 'contrast', label: msg('Contrast') },
  { key: 'gamma', label: msg('Gamma') },
]

const textOf = (key: LevelKey, levels: ViewLevels): string =>
  key === 'gamma' ? gammaOf(levels).toFixed(2) : `${levels[key] > 0 ? '+' : ''}${levels[key]}`

const channelNames: Readonly<Record<Channel, string>> = {
  all: msg('All'),
  red: msg('Red'),
  green: msg('Green'),
  blue: msg('Blue'),
  grey: msg('Grey'),
}

const LevelsPanel = ({ file, path }: { file: string; path: string }) => {
  const { levels: store } = useSession()
  const { levels, isOwn } = useShownLevels()
  return (
    <>
      <div className="levels-sliders">
        {sliders.map(({ key, label }) => (
          <label key={key} className="levels-slider">
            <span>{t(label)}</span>
            <input
              type="range"
              min={-100}
              max={100}
              value={levels[key]}
              aria-valuetext={textOf(key, levels)}
              data-testid={`levels-${key}`}
              onChange={(event) => store.set(file, path, { [key]: event.target.valueAsNumber })}
              onDoubleClick={() => store.set(file, path, { [key]: 0 })}
            />
            <output>{textOf(key, levels)}</output>
          </label>
        ))}
      </div>
      <div className="levels-channel" data-testid="levels-channel">
        <span>{rich('Channel {key}', { key: <ActionKeys id="next-channel" /> })}</span>
        <Segmented
          label={t('Channel')}
          choices={channels.map((value) => ({ value, name: t(channelNames[value]) }))}
          value={levels.channel}
          onChange={(channel) => store.set(file, path, { channel })}
        />
      </div>
      <label className="levels-own">
        <input
          type="checkbox"
          checked={isOwn}
          data-testid="levels-own"
          onChange={(event) => store.setOwn(file, path, event.target.checked)}
        />
        {t('For this image alone')}
      </label>
      <p className="levels-note">{t('Of the view alone: model and exports get the picture as it is.')}</p>
      <button
        type="button"
        className="button"
        disabled={isPlainView(levels)}
        data-testid="levels-reset"
        onClick={() => store.set(file, path, plainView)}
      >
        {t('Reset')}
      </button>
    </>
  )
}

export const LevelsMenu = () => {
  const { view } = useSession()
  const file = useApp((state) => state.project?.file ?? null)
  const image = useWorkbench((state) => state.image)
  const path = image?.path ?? null
  const open = useView((state) => state.levelsOpen)
  const { levels } = useShownLevels()
  const { label } = actionOf('levels')
  return (
    <Popover.Root open={open && path !== null} onOpenChange={(levelsOpen) => view.set({ levelsOpen })}>
      <Tip text={label} action="levels">
        <Popover.Trigger
          className="icon-button"
          aria-label={label}
          disabled={path === null}
          data-testid="action-levels"
          data-on={isPlainView(levels) ? undefined : ''}
        >
          <Contrast size={16} strokeWidth={1.75} aria-hidden />
        </Popover.Trigger>
      </Tip>
      <Popover.Portal>
        <Popover.Content
          className="popover levels"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          data-testid="levels"
          onCloseAutoFocus={returnToStage}
        >
          {image !== null && <Rendition image={image} />}
          {file !== null && path !== null && <LevelsPanel file={file} path={path} />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
