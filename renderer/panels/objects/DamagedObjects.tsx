/** Objects of the image that can't be read: named, kept, and deleted with a way back. */
import { TriangleAlert, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toast } from 'sonner'
import type { DamagedObject } from '../../../common/contract/damaged.ts'
import type { ImageId } from '../../../common/model.ts'
import { attempt, reportError } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { Tip } from '../controls/Tip.tsx'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

/** Asked only where the core counts more objects than it could read. */
const useDamaged = (imageId: ImageId) => {
  const { client, workbench } = useSession()
  const [damaged, setDamaged] = useState<readonly DamagedObject[]>([])
  useEffect(() => {
    const { image: opened, annotations } = workbench.getState()
    if (opened?.id !== imageId || opened.annotationCount <= annotations.length) return
    let current = true
    client.call('damaged.list', { imageId }).then((answer) => {
      if (current) setDamaged(answer.damaged)
    }, reportError)
    return () => {
      current = false
    }
  }, [client, workbench, imageId])

  const remove = async ({ sequence }: DamagedObject) => {
    const which = { imageId, sequence }
    const load = async () => {
      const answer = await client.call('damaged.list', { imageId })
      setDamaged(answer.damaged)
    }
    await client.call('damaged.delete', which)
    await load()
    toast(t('Deleted a damaged object'), {
      duration: 12_000,
      action: { label: t('Undo'), onClick: () => attempt(client.call('damaged.restore', which).then(load)) },
    })
  }
  return { damaged, remove }
}

/** With the image's id as its key. */
export const DamagedObjects = ({ imageId }: { imageId: ImageId }) => {
  const { damaged, remove } = useDamaged(imageId)
  if (damaged.length === 0) return null
  return (
    <div
      className="damaged-objects"
      role="group"
      aria-label={t('Damaged objects')}
      data-testid="damaged-objects"
    >
      {damaged.map((object) => (
        <div className="row damaged-row" key={object.sequence} data-testid="damaged-object">
          <TriangleAlert size={14} aria-hidden />
          <Tip
            text={t('{reason} It is kept in the project, and left out of exports.', {
              reason: heard(object.reason),
            })}
            side="left"
          >
            <span className="damaged-text">
              {t('Damaged object')}
              <small>{heard(object.reason)}</small>
            </span>
          </Tip>
          <IconButton
            small
            icon={Trash2}
            label={t('Delete this damaged object')}
            side="left"
            data-testid="damaged-delete"
            onClick={() => attempt(remove(object))}
          />
        </div>
      ))}
    </div>
  )
}
