/** Picks a class's colour: well-separated ones, or any. */
import { Check } from 'lucide-react'
import { Popover } from 'radix-ui'
import { colorName, palette } from '../../../common/palette.ts'
import { returnToStage } from '../controls/return-to-stage.ts'
import { t } from '../../texts/t.ts'

export const ColorPicker = ({
  color,
  name,
  onPick,
}: {
  color: string
  name: string
  onPick: (color: string) => void
}) => {
  // React's onChange is the browser's input event, which comes for each colour on the way.
  const watchChange = (input: HTMLInputElement | null) => {
    const pick = () => input && onPick(input.value)
    input?.addEventListener('change', pick)
    return () => input?.removeEventListener('change', pick)
  }
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          className="swatch-button"
          aria-label={t('Colour of {name}', { name })}
          tabIndex={-1}
          data-testid="class-color"
          onClick={(event) => event.stopPropagation()}
        >
          <span className="swatch" style={{ background: color }} />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          onCloseAutoFocus={returnToStage}
          className="popover"
          side="left"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          aria-label={t('Colour of {name}', { name })}
          onClick={(event) => event.stopPropagation()}
        >
          <div className="palette">
            {palette.map((choice) => (
              <Popover.Close asChild key={choice}>
                <button
                  type="button"
                  className="palette-color"
                  style={{ background: choice }}
                  aria-label={t(colorName(choice))}
                  title={t(colorName(choice))}
                  aria-pressed={choice === color}
                  onClick={() => onPick(choice)}
                >
                  {choice === color && <Check size={14} strokeWidth={3} aria-hidden />}
                </button>
              </Popover.Close>
            ))}
          </div>
          <label className="field inline">
            <span>{t('Any other')}</span>
            <input type="color" defaultValue={color} ref={watchChange} />
          </label>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
