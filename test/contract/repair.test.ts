/** A damaged project over every transport: refused with what can be done about it, and repaired. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { AppEvent } from '../../common/contract.ts'
import { damageSchema } from '../../common/damage.ts'
import { createClient } from '../../common/rpc.ts'
import { forkDecoderProcess } from '../../core/images/decoder/fork.ts'
import { createCore } from '../../core/core.ts'
import { createNoProcess } from '../../cli/project.ts'
import { transports } from './transports.ts'

test.each(transports)('the damage crosses $name with the error, and repair ends it', async ({ connect }) => {
  const top = mkdtempSync(join(tmpdir(), 'maskwright-contract-'))
  const folder = join(top, 'photos')
  mkdirSync(join(folder, '.maskwright'), { recursive: true })
  writeFileSync(join(folder, '.maskwright', 'project.sqlite'), '')
  const core = createCore({
    version: '1.2.3',
    shell: 'test',
    dataFolder: join(top, 'data'),
    modelFolders: [],
    startInferenceProcess: createNoProcess,
    startDecoderProcess: forkDecoderProcess,
  })
  const connection = await connect(core)
  onTestFinished(async () => {
    await connection.close()
    await core.close()
    rmSync(top, { recursive: true })
  })
  const heard: AppEvent[] = []
  connection.transport.subscribe((event) => heard.push(event))
  const client = createClient(connection.transport)

  const reply = await connection.transport.request('project.open', { folder })
  expect(reply).toMatchObject({ ok: false, error: { code: 'damaged-project' } })
  const damage = damageSchema.parse(reply.ok ? null : reply.error.damage)
  expect(damage).toMatchObject({ folder, backups: [], canSalvage: false })
  await expect.poll(() => heard.find(({ name }) => name === 'project.refused')?.payload).toEqual({ damage })
  await expect(client.call('project.open', { folder })).rejects.toMatchObject({ damage })

  await expect(client.call('project.repair', { folder, from: 'backup' })).rejects.toMatchObject({
    code: 'not-found',
  })
  expect(await client.call('project.repair', { folder, from: 'new' })).toMatchObject({ objects: 0 })
  expect(await client.call('project.open', { folder })).toMatchObject({ folder })
  await expect(client.call('project.repair', { folder, from: 'new' })).rejects.toMatchObject({
    code: 'conflict',
  })
})
