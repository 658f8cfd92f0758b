/** A short text that is kept when it is left or Enter is pressed. */
import { useState } from 'react'

export const TextField = ({
  label,
  value,
  maxLength,
  onChange,
}: {
  label: string
  value: string
  maxLength: number
  onChange: (value: string) => void
}) => {
  const [text, setText] = useState<string | null>(null)
  const keep = () => {
    const typed = text?.trim() ?? value
    setText(null)
    if (typed !== value) onChange(typed)
  }
  return (
    <input
      className="input"
      type="text"
      aria-label={label}
      maxLength={maxLength}
      spellCheck={false}
      autoComplete="off"
      value={text ?? value}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep()
      }}
    />
  )
}
