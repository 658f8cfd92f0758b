/** What axe finds on a page, as lines for a failure's message. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds serious or critical, each with its element. @param where named in each line */
export const faultsOf = async (page: Page, where: string): Promise<string[]> => {
  // Electron opens no second page, which axe would finish in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations
    .filter(({ impact }) => impact === 'critical' || impact === 'serious')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${where}: ${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
    )
}
