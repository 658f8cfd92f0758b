/**
 * A field for a number, as text: a browser's own takes the decimal sign of its language alone, which need not be the
 * window's. The arrow keys step.
 */
import type { InputHTMLAttributes } from 'react'
import { numberText, numberTyped } from '../../texts/numbers.ts'

interface NumberInputProps extends Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'role' | 'onChange' | 'value' | 'step' | 'min' | 'max'
> {
  /** As typed, or as `numberText` writes what is stored. */
  readonly value: string
  /** Of an arrow key. */
  readonly step: number
  readonly min?: number
  readonly max?: number
  readonly onText: (text: string) => void
}

export const NumberInput = ({ value, step, min, max, onText, onKeyDown, ...rest }: NumberInputProps) => {
  const number = numberTyped(value)
  const stepTo = (direction: number) => {
    if (Number.isNaN(number)) return
    const [least, most] = [min ?? -Infinity, max ?? Infinity]
    // Without the dust of binary fractions.
    const next = Number((number + direction * step).toPrecision(12))
    onText(numberText(Math.max(least, Math.min(most, next))))
  }
  return (
    <input
      className="input"
      {...rest}
      type="text"
      inputMode={Number.isInteger(step) ? 'numeric' : 'decimal'}
      role="spinbutton"
      autoComplete="off"
      aria-valuenow={Number.isNaN(number) ? undefined : number}
      aria-valuetext={value}
      aria-valuemin={min}
      aria-valuemax={max}
      value={value}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
          event.preventDefault()
          stepTo(event.key === 'ArrowUp' ? 1 : -1)
        }
        onKeyDown?.(event)
      }}
    />
  )
}
