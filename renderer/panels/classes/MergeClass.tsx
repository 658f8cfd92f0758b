/** Gives all objects of a class to another one, and removes the class if asked; undo brings both back. */
import { useEffect, useState } from 'react'
import type { CallOutput } from '../../../common/contract.ts'
import type { Label } from '../../../common/model.ts'
import { offerUndo } from '../../state/undo-offer.ts'
import { useLabels, useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { errorText } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

type Usage = CallOutput<'labels.usage'>

export const MergeClass = ({ label, onClose }: { label: Label; onClose: () => void }) => {
  const { client } = useSession()
  const others = useLabels().filter(({ id }) => id !== label.id)
  const twin = others.find(({ name }) => name.toLocaleLowerCase() === label.name.toLocaleLowerCase())
  const [into, setInto] = useState(twin?.id ?? others[0]?.id ?? '')
  const [remove, setRemove] = useState(true)
  const [usage, setUsage] = useState<Usage | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let isGone = false
    client.call('labels.usage', { labelId: label.id }).then(
      (answer) => !isGone && setUsage(answer),
      (thrown: unknown) => !isGone && setProblem(errorText(thrown)),
    )
    return () => {
      isGone = true
    }
  }, [client, label.id])

  const merge = async () => {
    setBusy(true)
    try {
      const { annotations, imageId } = await client.call('labels.merge', { from: label.id, into, remove })
      const name = others.find(({ id }) => id === into)?.name ?? ''
      const values = { from: label.name, into: name, count: annotations }
      offerUndo(
        client,
        remove
          ? t('Merged {from} into {into}: {count, plural, one {# object} other {# objects}}', values)
          : t(
              'Moved the objects of {from} to {into}: {count, plural, one {# object} other {# objects}}',
              values,
            ),
        imageId,
        ({ diff, kind }) =>
          kind === 'commit' && diff.annotations.updated.some(([from]) => from.labelId === label.id),
      )
      onClose()
    } catch (thrown) {
      setProblem(errorText(thrown))
      setBusy(false)
    }
  }
  const isNothing = !remove && usage?.annotations === 0
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Merge “{name}”', { name: label.name })}
      description={
        usage === null
          ? t('Counting its objects…')
          : t(
              '{objects, plural, one {# object} other {# objects}} on {images, plural, one {# image} other {# images}} become objects of another class. Undo brings all of it back.',
              { objects: usage.annotations, images: usage.images },
            )
      }
      width={440}
      testId="merge-class-dialog"
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            {t('Cancel')}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={isBusy || usage === null || into === '' || isNothing}
            data-testid="merge-class-confirm"
            onClick={() => void merge()}
          >
            {remove ? t('Merge') : t('Move objects')}
          </button>
        </>
      }
    >
      <div className="field">
        <label htmlFor="merge-into">{t('Into the class')}</label>
        <select
          id="merge-into"
          className="input"
          value={into}
          data-testid="merge-into"
          onChange={(event) => setInto(event.target.value)}
        >
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={remove}
          data-testid="merge-remove"
          onChange={(event) => setRemove(event.target.checked)}
        />
        {t('Remove “{name}” afterwards', { name: label.name })}
      </label>
      {problem !== null && (
        <p className="error-line" role="alert">
          {problem}
        </p>
      )}
    </Modal>
  )
}
