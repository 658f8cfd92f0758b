/** Says over the stage that the photo has changed since its objects were made, and offers what can become of them. */
import { ChevronDown, ImageMinus } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useEffect, useState } from 'react'
import { changeText, isChanged, settlingsOf, type Settling } from '../../../common/changed-picture.ts'
import type { ImageId } from '../../../common/model.ts'
import { useSession, useWorkbench } from '../../state/session-context.ts'
import { ActionItem } from '../controls/ActionItem.tsx'
import { returnToStage } from '../controls/return-to-stage.ts'
import { Tip } from '../controls/Tip.tsx'
import { useAction } from '../controls/use-action.ts'
import { msg } from '../../../common/said.ts'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

const words: Readonly<Record<Settling, { readonly label: string; readonly tip: string }>> = {
  scale: { label: msg('Scale them'), tip: msg('Stretches the objects as the picture was') },
  turn: { label: msg('Turn them'), tip: msg('Turns the objects as the picture was turned') },
  'turn-right': {
    label: msg('Turn them right'),
    tip: msg('The picture was turned by a quarter to the right'),
  },
  'turn-left': { label: msg('Turn them left'), tip: msg('The picture was turned by a quarter to the left') },
  keep: { label: msg('Keep them as they are'), tip: msg('The objects fit this picture at the same places') },
  drop: { label: msg('Remove them'), tip: msg('The objects belong to another picture') },
}

const Way = ({ how, primary }: { how: Settling; primary: boolean }) => {
  const { enabled, run } = useAction(`settle-${how}`)
  const { label, tip } = words[how]
  return (
    <Tip text={t('{tip}. Undo brings them back.', { tip: t(tip) })}>
      <button
        type="button"
        className={primary ? 'button primary' : 'button'}
        disabled={!enabled}
        data-testid={`settle-${how}`}
        onClick={run}
      >
        {t(label)}
      </button>
    </Tip>
  )
}

/** How many photos have changed under their objects; null until it is known. Asked anew for each changed photo. */
const useChangedCount = (imageId: ImageId | null): number | null => {
  const { client } = useSession()
  const [counted, setCounted] = useState<number | null>(null)
  useEffect(() => {
    if (imageId === null) return
    let isWanted = true
    client.call('images.countChanged', {}).then(
      ({ changed }) => isWanted && setCounted(changed),
      // Without the count each photo is settled by itself.
      () => isWanted && setCounted(null),
    )
    return () => void (isWanted = false)
  }, [client, imageId])
  return counted
}

const AllWays = ({ count }: { count: number }) => (
  <DropdownMenu.Root>
    <DropdownMenu.Trigger className="button" data-testid="settle-all">
      {t('All {count, number} changed photos', { count })}
      <ChevronDown size={13} aria-hidden />
    </DropdownMenu.Trigger>
    <DropdownMenu.Portal>
      <DropdownMenu.Content onCloseAutoFocus={returnToStage} className="menu" align="end" sideOffset={4}>
        <ActionItem id="settle-all-follow" label={t('Scale or turn the objects with their photos')} />
        <ActionItem id="settle-all-keep" label={t('Keep the objects where they are')} />
        <ActionItem id="settle-all-drop" label={t('Remove the objects')} />
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  </DropdownMenu.Root>
)

export const ChangedBanner = () => {
  const image = useWorkbench((state) => state.image)
  const count = useWorkbench((state) => state.annotations.length)
  const isShown = image?.problem === null && isChanged(image)
  const changed = useChangedCount(isShown ? image.id : null)
  if (!isShown) return null
  return (
    <div className="banner changed" role="status" data-testid="changed-banner">
      <ImageMinus size={16} strokeWidth={1.75} aria-hidden />
      <p>
        <strong>{heard(changeText(image))}</strong>{' '}
        {t(
          'Choose what becomes of its {count, plural, one {# object} other {# objects}}; until then it takes no new ones and is not exported.',
          { count },
        )}
      </p>
      <div className="banner-ways">
        {settlingsOf(image).map((how, index) => (
          <Way key={how} how={how} primary={index === 0} />
        ))}
        {changed !== null && changed > 1 && <AllWays count={changed} />}
      </div>
    </div>
  )
}
