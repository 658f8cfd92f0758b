/** One of a few choices, side by side. */
export const Segmented = <T extends string>({
  label,
  choices,
  value,
  onChange,
}: {
  label: string
  choices: readonly { readonly value: T; readonly name: string }[]
  value: T
  onChange: (value: T) => void
}) => (
  <div className="segmented text" role="radiogroup" aria-label={label}>
    {choices.map((choice) => (
      <button
        key={choice.value}
        type="button"
        role="radio"
        aria-checked={choice.value === value}
        onClick={() => onChange(choice.value)}
      >
        {choice.name}
      </button>
    ))}
  </div>
)
