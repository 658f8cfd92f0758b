/** The formats as a list to pick one from; the arrow keys go through it. */
import { RadioGroup } from 'radix-ui'
import { formatList } from '../../../../common/formats.ts'
import { t } from '../../../texts/t.ts'

export const FormatList = ({ value, onChange }: { value: string; onChange: (format: string) => void }) => (
  <RadioGroup.Root
    className="format-list"
    aria-label={t('Format')}
    orientation="vertical"
    value={value}
    onValueChange={onChange}
  >
    {formatList.map(({ id, name }) => (
      <RadioGroup.Item key={id} value={id} className="format-item" data-testid={`export-format-${id}`}>
        {name}
      </RadioGroup.Item>
    ))}
  </RadioGroup.Root>
)
