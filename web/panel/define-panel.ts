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

/** What a plugin adds to every teacher's page; its component is given `teacherId`, and shows nothing where there is nothing to see. */
export interface TeacherPart {
  /** `<plugin>.<name>`, permanent. */
  id: string
  place: 'teacher'
  component: () => Promise<{ default: Component }>
}

export type PluginPart = Panel | TeacherPart

/** Describes a panel or a part of a page; a plugin's `./web` exports it as default, or an array of several. */
export function definePanel<Part extends PluginPart>(part: Part): Part {
  return part
}
