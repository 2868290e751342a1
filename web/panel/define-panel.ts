import type { Component } from 'vue'

/** A page that a plugin adds to the dashboard. */
export interface Panel {
  /** `<plugin>.<name>`, permanent. */
  id: string
  /** Key of the title: `plugins.<plugin id>.` and then the key in the plugin's messages. */
  titleKey: string
  /** Address below `/`, for example `/evidence/import`. */
  path: string
  /** Where the link stands in the navigation; absent: only reached by links. */
  section?: 'rating' | 'evidence' | 'people' | 'administration'
  /** Of the rights table: who may not do it is offered no link; absent: everybody is. The server decides in any case. */
  action?: string
  /** A lucide icon as `i-lucide-<name>`, written out in the source so that the build finds it. */
  icon: string
  /** Loaded when the page is opened. */
  component: () => Promise<{ default: Component }>
}

/**
 * Where a plugin may add a part to a page, and what its component is given:
 * teacher: every teacher's page (`teacherId`); evidence-kinds: where one chooses what to enter (`search`, what one calls it);
 * evidence-form: below the form of an entry (`kind`, `data`, `participants`; it may emit `take` with `{ field, value }`, which puts the value into the form);
 * evidence-participants: below those who take part, the same, and it may emit `match` with `{ index, teacherId }`, which says which teacher
 * a participant is;
 * evidence-review: beside an entry that waits for a decision (`entryId`, `indicator`);
 * fact: below a fact of a result that is no entry (`indicator`, `happenedOn`, `attributes`, and `teacherId`, whose fact it is).
 */
export type PartPlace =
  'teacher' | 'evidence-kinds' | 'evidence-form' | 'evidence-participants' | 'evidence-review' | 'fact'

/** What a plugin adds to a page; its component shows nothing where there is nothing to see. */
export interface PagePart {
  /** `<plugin>.<name>`, permanent. */
  id: string
  place: PartPlace
  component: () => Promise<{ default: Component }>
}

export type PluginPart = Panel | PagePart

/** Describes a panel or a part of a page; a plugin's `./web` exports it as default, or an array of several. */
export function definePanel<Part extends PluginPart>(part: Part): Part {
  return part
}
