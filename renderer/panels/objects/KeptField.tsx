/** A field of the selected objects. What was typed is kept at Enter, when the focus goes, and when the field goes. */
import { useEffect, useRef, useState } from 'react'

interface KeptFieldProps<T> {
  readonly label: string
  /** What is stored, as text; '' for nothing, and for what is not the same in all objects. */
  readonly value: string
  readonly placeholder: string
  readonly isNumber: boolean
  readonly maxLength: number
  readonly disabled: boolean
  /** What was typed; null for nothing, undefined when it is no such value. */
  readonly read: (typed: string) => T | null | undefined
  readonly onKeep: (value: T | null) => void
  readonly onNext: (from: HTMLElement) => void
}

export const KeptField = <T,>(props: KeptFieldProps<T>) => {
  const { label, value, placeholder, isNumber, maxLength, disabled, read, onNext } = props
  const [typed, setTyped] = useState<string | null>(null)
  const isWrong = typed !== null && read(typed) === undefined
  // Objects that are no longer selected take what was typed for them.
  const latest = useRef({ typed, props })
  useEffect(() => {
    latest.current = { typed, props }
  })
  const keep = () => {
    const { typed: text, props: now } = latest.current
    if (text === null) return
    latest.current = { ...latest.current, typed: null }
    setTyped(null)
    const said = now.read(text)
    if (said !== undefined && text.trim() !== now.value) now.onKeep(said)
  }
  const keepLast = useRef(keep)
  useEffect(() => {
    keepLast.current = keep
  })
  useEffect(() => () => keepLast.current(), [])
  return (
    <input
      className="input"
      aria-label={label}
      aria-invalid={isWrong}
      inputMode={isNumber ? 'decimal' : 'text'}
      autoComplete="off"
      spellCheck={false}
      maxLength={maxLength}
      placeholder={placeholder}
      disabled={disabled}
      data-attribute
      value={typed ?? value}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') {
          event.preventDefault()
          if (isWrong) return
          keep()
          onNext(event.currentTarget)
        } else if (event.key === 'Escape' && typed !== null) {
          event.stopPropagation()
          setTyped(null)
        }
      }}
    />
  )
}
