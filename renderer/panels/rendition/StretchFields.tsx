/** What is black and white of a picture of more than 8 bits: two handles under its values, two numbers, the way back. */
import { useState } from 'react'
import { imagesDiff } from '../../../common/diff.ts'
import type { ImageItem } from '../../../common/model.ts'
import type { Stretch, Tones } from '../../../common/rendition.ts'
import { msg } from '../../../common/said.ts'
import { attempt } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'
import { NumberInput } from '../controls/NumberInput.tsx'
import { numberText, numberTyped } from '../../texts/numbers.ts'
import { t } from '../../texts/t.ts'
import { rounded, scaleOf, type StretchScale } from './stretch-scale.ts'

const ends = [
  { end: 'black', name: msg('Black') },
  { end: 'white', name: msg('White') },
] as const

const HEIGHT = 40

const Histogram = ({ scale, shown }: { scale: StretchScale; shown: Stretch }) => {
  const { bars, from, to } = scale
  const at = (value: number) => ((value - from) / (to - from)) * bars.length
  return (
    <svg
      className="rendition-histogram"
      viewBox={`0 0 ${bars.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      {bars.map((height, bar) => (
        <rect key={bar} x={bar} y={HEIGHT * (1 - height)} width={1.02} height={HEIGHT * height} />
      ))}
      <rect className="rendition-cut" x={0} y={0} width={Math.max(0, at(shown.black))} height={HEIGHT} />
      <rect
        className="rendition-cut"
        x={at(shown.white)}
        y={0}
        width={Math.max(0, bars.length - at(shown.white))}
        height={HEIGHT}
      />
    </svg>
  )
}

/** A number that the picture follows while it is typed. */
const End = ({
  value,
  step,
  isWrong,
  testId,
  onChange,
  onKeep,
}: {
  value: number
  step: number
  isWrong: boolean
  testId: string
  onChange: (value: number) => void
  onKeep: () => void
}) => {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <NumberInput
      value={typed ?? numberText(value)}
      step={step}
      aria-invalid={isWrong}
      data-testid={testId}
      onText={(text) => {
        setTyped(text)
        onChange(numberTyped(text))
      }}
      onBlur={() => setTyped(null)}
      onKeyDown={({ key }) => {
        if (key !== 'Enter') return
        setTyped(null)
        onKeep()
      }}
    />
  )
}

export const StretchFields = ({ image, tones }: { image: ImageItem; tones: Tones }) => {
  const { client } = useSession()
  const stored = image.stretch ?? tones.found
  /** While a handle is dragged or a number typed. */
  const [tried, setTried] = useState<Stretch | null>(null)
  const shown = tried ?? stored
  const scale = scaleOf(tones, stored)
  /** The picture follows when the core has it: it is made anew, for the model too. */
  const store = (stretch: Stretch | null) => {
    const diff = imagesDiff([[image, { stretch }]])
    attempt(client.call('edit.commit', { diff }).finally(() => setTried(null)))
  }
  const settle = () => {
    if (tried === null) return
    if (tried.black < tried.white && JSON.stringify(tried) !== JSON.stringify(stored)) store(tried)
    else setTried(null)
  }
  const change = (end: keyof Stretch, value: number, isHeld: boolean) => {
    if (Number.isNaN(value)) return
    const next = { ...shown, [end]: rounded(value, scale) }
    // One handle does not pass the other.
    if (isHeld && next.black >= next.white) return
    setTried(next)
  }
  return (
    <fieldset className="rendition" data-testid="stretch" onBlur={settle}>
      <legend>{t('Black and white of this image')}</legend>
      <div className="rendition-stretch">
        <Histogram scale={scale} shown={shown} />
        {ends.map(({ end, name }) => (
          <input
            key={end}
            type="range"
            min={scale.from}
            max={scale.to}
            step={scale.step}
            value={shown[end]}
            aria-label={t(name)}
            data-testid={`stretch-${end}-handle`}
            onChange={({ target }) => change(end, target.valueAsNumber, true)}
            onPointerUp={settle}
            onKeyUp={settle}
          />
        ))}
      </div>
      <div className="rendition-ends">
        {ends.map(({ end, name }) => (
          <label key={end}>
            <span>{t(name)}</span>
            <End
              value={rounded(shown[end], scale)}
              step={scale.step}
              isWrong={shown.black >= shown.white}
              testId={`stretch-${end}`}
              onChange={(value) => change(end, value, false)}
              onKeep={settle}
            />
          </label>
        ))}
      </div>
      <button
        type="button"
        className="button"
        disabled={image.stretch === null}
        data-testid="stretch-found"
        onClick={() => store(null)}
      >
        {t('By percentiles')}
      </button>
      <p className="levels-note">
        {image.stretch === null
          ? t('Found by percentiles, in the numbers of the file.')
          : t('Set by hand, in the numbers of the file. Model and exports get the picture like this too.')}
      </p>
    </fieldset>
  )
}
