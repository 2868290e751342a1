import { panels } from '../logic/panels.ts'
import type { Panel } from '../panel/define-panel.ts'
import { useCatalogue } from './use-catalogue.ts'
import { useRights } from './use-rights.ts'
import { useText } from './use-text.ts'

export interface PanelLink {
  title: string
  to: string
  icon: string
  /** Beginning of the addresses that belong to the page. */
  within: string
}

/** Links to the pages of plugins that run and that the reader may open; their names come with the catalogue. */
export function usePanelLinks() {
  const { t } = useText()
  const { isRunning } = useCatalogue()
  const { may } = useRights()
  const isOpen = ({ id, action }: Panel) => isRunning(id) && (action === undefined || may(action))
  return {
    panelLinks: (section: Panel['section']): PanelLink[] =>
      panels
        .filter((panel) => panel.section === section && isOpen(panel))
        .map(({ titleKey, path, icon }) => ({ title: t(titleKey), to: path, icon, within: path })),
  }
}
