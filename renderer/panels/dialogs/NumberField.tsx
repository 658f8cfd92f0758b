/** A number that is kept when it is left or Enter is pressed, and put back when it is none. */
import { useState } from 'react'
import { numberText, numberTyped } from '../../texts/numbers.ts'
import { NumberInput } from '../controls/NumberInput.tsx'

export const NumberField = ({
  label,
  value,
  min,
  max,
  step,
  unit,
  onChange,
}: {
  label: string
  value: number
  min: number
  max: number
  step: number
  unit?: string
  onChange: (value: number) => void
}) => {
  const [text, setText] = useState<string | null>(null)
  const keep = () => {
    const typed = numberTyped(text ?? '')
    setText(null)
    if (Number.isFinite(typed)) {
      const next = Math.max(min, Math.min(max, typed))
      if (next !== value) onChange(next)
    }
  }
  return (
    <span className="number-field">
      <NumberInput
        aria-label={label}
        min={min}
        max={max}
        step={step}
        value={text ?? numberText(value)}
        onText={setText}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep()
        }}
      />
      <span className="unit">{unit}</span>
    </span>
  )
}
