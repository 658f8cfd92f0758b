/** Says over the stage that the photo has changed since its objects were made, and offers what can become of them. */
import { ImageMinus } from 'lucide-react'
import { changeText, isChanged, settlingsOf, type Settling } from '../../../common/changed-picture.ts'
import { useWorkbench } from '../../state/session-context.ts'
import { Tip } from '../controls/Tip.tsx'
import { useAction } from '../controls/use-action.ts'
import { plural } from '../words.ts'

const words: Readonly<Record<Settling, { readonly label: string; readonly tip: string }>> = {
  scale: { label: 'Scale them', tip: 'Stretches the objects as the picture was' },
  turn: { label: 'Turn them', tip: 'Turns the objects as the picture was turned' },
  'turn-right': { label: 'Turn them right', tip: 'The picture was turned by a quarter to the right' },
  'turn-left': { label: 'Turn them left', tip: 'The picture was turned by a quarter to the left' },
  keep: { label: 'Keep them as they are', tip: 'The objects fit this picture at the same places' },
  drop: { label: 'Remove them', tip: 'The objects belong to another picture' },
}

const Way = ({ how, primary }: { how: Settling; primary: boolean }) => {
  const { enabled, run } = useAction(`settle-${how}`)
  const { label, tip } = words[how]
  return (
    <Tip text={`${tip}. Undo brings them back.`}>
      <button
        type="button"
        className={primary ? 'button primary' : 'button'}
        disabled={!enabled}
        data-testid={`settle-${how}`}
        onClick={run}
      >
        {label}
      </button>
    </Tip>
  )
}

export const ChangedBanner = () => {
  const image = useWorkbench((state) => state.image)
  const count = useWorkbench((state) => state.annotations.length)
  if (image?.problem !== null || !isChanged(image)) return null
  return (
    <div className="banner changed" role="status" data-testid="changed-banner">
      <ImageMinus size={16} strokeWidth={1.75} aria-hidden />
      <p>
        <strong>{changeText(image)}</strong> Choose what becomes of the {plural(count, 'object')}; until then
        it takes no new ones and is not exported.
      </p>
      <div className="banner-ways">
        {settlingsOf(image).map((how, index) => (
          <Way key={how} how={how} primary={index === 0} />
        ))}
      </div>
    </div>
  )
}
