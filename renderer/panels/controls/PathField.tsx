/** A path that can be typed or pasted, and the buttons that pick one. */
import type { ReactNode } from 'react'

export const PathField = ({
  id,
  label,
  value,
  placeholder,
  buttons,
  children,
  onChange,
}: {
  /** Its test id too. */
  id: string
  label: string
  value: string
  placeholder: string
  buttons: ReactNode
  /** Under the field. */
  children?: ReactNode
  onChange: (value: string) => void
}) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    <div className="with-button">
      <input
        id={id}
        className="input"
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        data-testid={id}
        onChange={(event) => onChange(event.target.value)}
      />
      {buttons}
    </div>
    {children}
  </div>
)
