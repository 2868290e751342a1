import type { Actor } from '../plugin/route.ts'

/**
 * verifier: a structural unit (research department, library, digital learning, ...) that verifies some kinds of evidence in the
 * whole university; technician: looks after the sensors.
 */
export const roles = [
  'teacher',
  'head',
  'dean',
  'verifier',
  'office',
  'management',
  'technician',
  'administrator',
] as const
export type Role = (typeof roles)[number]

/**
 * own: what is about oneself; unit: the unit in which the role holds, with all below it; turn: the evidence that comes, or came, to
 * one's unit for approval; all: the whole university.
 */
export type Reach = 'own' | 'unit' | 'turn' | 'all'

/**
 * Who may do what, and nothing but this table says so. Rows are the actions that routes name (and, below the line, the finer
 * steps of evidence that core/evidence asks about); a role that is absent may not.
 */
export const rights = {
  /** Signing in and out, and asking who is signed in: also for who is not. */
  'session.open': everybody('all'),
  /** Asking who one is and what one may do. */
  'access.self': everybody('all'),
  /** One's own sessions, password and second factor. */
  'account.own': everybody('all'),
  'account.read': { administrator: 'all' },
  /** Making accounts, giving roles, locking, links for setting a password. */
  'account.manage': { administrator: 'all' },
  'catalogue.read': everybody('all'),
  'catalogue.change': { administrator: 'all' },
  'people.read': everybody('all'),
  /** Leave and its kind, which may tell of health or family. */
  'leave.read': { teacher: 'own', head: 'unit', dean: 'unit', office: 'all' },
  'people.import': { office: 'all', administrator: 'all' },
  /** Lists that the facts of a year rest on, such as journals and their quartiles. */
  'lists.change': { office: 'all', administrator: 'all' },
  /** How students fared in a teacher's courses, against the norm of each course; never one student's grade. */
  'teaching.read': { teacher: 'own', head: 'unit', dean: 'unit', office: 'all', management: 'all' },
  'teaching.import': { office: 'all' },
  /** Saying whether grades that rose without a known cause may count. */
  'teaching.review': { office: 'all' },
  /** How many people are in the rooms and how the air is there; names nobody. */
  'room.read': everybody('all'),
  'timetable.import': { office: 'all' },
  /** Sensors, what is wrong with them and what they sent in vain. */
  'device.read': { office: 'all', technician: 'all', administrator: 'all' },
  'device.manage': { technician: 'all', administrator: 'all' },
  /** How many attended a teacher's lessons. */
  'lesson.read': { teacher: 'own', head: 'unit', dean: 'unit', office: 'all', management: 'all' },
  'lesson.dispute': { teacher: 'own' },
  'lesson.decide': { dean: 'unit', office: 'all' },
  /** Answering a survey by a link that is nobody's: also for who is not signed in, and nobody looks who is. */
  'survey.answer': everybody('all'),
  /** Questionnaires, campaigns, who is asked about whom, invitations. */
  'survey.manage': { office: 'all' },
  /** Campaigns and how many answered so far, in steps. */
  'survey.read': { office: 'all', management: 'all' },
  /** What came out for teachers. */
  'survey.results': { teacher: 'own', head: 'unit', dean: 'unit', office: 'all', management: 'all' },
  /** What students wrote to oneself. */
  'survey.comments': { teacher: 'own' },
  /** Deciding whether what students wrote is shown; never about oneself, nor for heads and deans. */
  'survey.review': { office: 'all' },
  'evidence.read': {
    teacher: 'own',
    head: 'unit',
    dean: 'unit',
    verifier: 'turn',
    office: 'all',
    management: 'all',
  },
  'evidence.write': { teacher: 'own', head: 'unit', dean: 'unit', office: 'all' },
  /** Taking an entry to its next state; which steps, the finer actions below say. */
  'evidence.move': { teacher: 'own', head: 'unit', dean: 'unit', verifier: 'turn', office: 'all' },
  /** What waits for one's own decision, or that of whom one stands in for. */
  'approval.queue': { teacher: 'all', head: 'all', dean: 'all', verifier: 'all', office: 'all' },
  /** All that waits for anybody, and what hangs after its window. */
  'approval.oversee': { office: 'all', management: 'all' },
  /** Who stands in for oneself while one is away; the office may say it for others. */
  'delegation.write': { head: 'all', dean: 'all', verifier: 'all', office: 'all' },
  'delegation.manage': { office: 'all' },
  /** Relatives, about whom one does not decide; the office may say it for others. */
  'relative.write': { teacher: 'all', head: 'all', dean: 'all', verifier: 'all', office: 'all' },
  'relative.manage': { office: 'all' },
  /** One's own notices, and whether one wants mail. */
  'notice.read': everybody('all'),
  /** A teacher's year: what is entered, what is missing, what it gives now. */
  'year.read': { teacher: 'own', head: 'unit', dean: 'unit', office: 'all', management: 'all' },
  'regulation.read': allButTechnicians('all'),
  'regulation.write': { office: 'all' },
  /** What a draft would give a teacher, for who writes and who approves it. */
  'regulation.preview': { office: 'all', management: 'all' },
  'regulation.approve': { office: 'all', management: 'all' },
  /** Asking experts how much the areas of a draft count: opening, closing, saving what comes out. */
  'consultation.manage': { office: 'all' },
  /** Every consultation with its results; experts read those they were asked in, once they are closed. */
  'consultation.read': { office: 'all', management: 'all' },
  /** Answering for oneself; who is asked only the consultation says. */
  'consultation.answer': allButTechnicians('all'),
  'run.read': allButTechnicians('all'),
  'run.start': { office: 'all' },
  /** Publishing and withdrawing the results of a run. */
  'result.publish': { office: 'all', management: 'all' },
  /** Appealing against the own result; reviewing what one is assigned (and reading what one may see); assigning; reading all. */
  'appeal.file': { teacher: 'own' },
  'appeal.review': allButTechnicians('all'),
  'appeal.assign': { office: 'all' },
  'appeal.read': { office: 'all', management: 'all' },
  /** The table by name that a university may turn on for everybody; turning it on or off. */
  'table.read': allButTechnicians('all'),
  'table.change': { management: 'all', administrator: 'all' },
  /** How groups of people fare in a rating. */
  'fairness.read': { office: 'all', management: 'all' },
  /** Hashing a finished run once more. */
  'run.verify': { office: 'all', management: 'all' },
  /** Taking along a run with everything it was computed from, personal data of everybody included. */
  'run.export': { office: 'all' },
  /** An old rating beside a run: keeping it, seeing all of the comparison, publishing it, reading what is published. */
  'shadow.import': { office: 'all' },
  'shadow.review': { office: 'all', management: 'all' },
  'shadow.publish': { management: 'all' },
  'shadow.read': allButTechnicians('all'),
  /** The log of every change. */
  'audit.read': { administrator: 'all' },
  /** Who looked at whose data. */
  'privacy.accesses': { teacher: 'own', administrator: 'all' },
  /** Which personal data are kept, what for and how long. */
  'privacy.register': everybody('all'),
  /** Asking for one's data, or that they be erased; what was asked and became of it; deciding about it. */
  'privacy.ask': { teacher: 'own' },
  'privacy.requests': { teacher: 'own', office: 'all', administrator: 'all' },
  'privacy.decide': { office: 'all' },
  'result.read': { teacher: 'own', head: 'unit', dean: 'unit', office: 'all', management: 'all' },

  /** Entering, editing, attaching, submitting. */
  'evidence.submit': { teacher: 'own', office: 'all' },
  /** Agreeing with the own share of a work. */
  'evidence.confirm': { teacher: 'own' },
  'evidence.approve': { head: 'unit', dean: 'unit', verifier: 'turn', office: 'all' },
  /** Giving points that a regulation leaves to judgement. */
  'evidence.judge': { head: 'unit', dean: 'unit', verifier: 'turn', office: 'all' },
  'evidence.return': { head: 'unit', dean: 'unit', verifier: 'turn', office: 'all' },
  'evidence.reject': { head: 'unit', dean: 'unit', verifier: 'turn', office: 'all' },
  'evidence.reopen': { dean: 'unit', office: 'all' },
  /** Making one entry of two copies of one work. */
  'evidence.merge': { verifier: 'turn', office: 'all' },
} as const satisfies Record<string, Partial<Record<Role, Reach>>>
export type Action = keyof typeof rights

function everybody<const R extends Reach>(reach: R) {
  return { ...allButTechnicians(reach), technician: reach } as const
}

function allButTechnicians<const R extends Reach>(reach: R) {
  return {
    teacher: reach,
    head: reach,
    dean: reach,
    verifier: reach,
    office: reach,
    management: reach,
    administrator: reach,
  } as const
}

/** What needs nobody to be signed in. */
const openActions: ReadonlySet<Action> = new Set(['session.open', 'survey.answer'])

export function isOpen(action: Action): boolean {
  return openActions.has(action)
}

/** What is done by nobody: even of who is signed in it is not asked who that is. */
const anonymousActions: ReadonlySet<Action> = new Set(['survey.answer'])

export function isAnonymous(action: Action): boolean {
  return anonymousActions.has(action)
}

export const actions = Object.keys(rights) as Action[]

export function isAction(name: string): name is Action {
  return Object.hasOwn(rights, name)
}

/** One role of the actor that allows the action, and how far it reaches; unitId: the top of the reach `unit`. */
export type Grant =
  | { reach: 'all' }
  | { reach: 'own'; teacherId: number }
  | { reach: 'unit'; unitId: number }
  | { reach: 'turn' }

/** Whether what the actor asks by lets the action through: an API token only those it was made for. What roles give is another matter. */
export function admits({ limit }: Actor, action: Action): boolean {
  return limit?.actions.includes(action) ?? true
}

/**
 * What the table gives an actor for an action; empty: refused. A role that holds in the whole university reaches `all` where
 * the table says `unit`; `own` gives nothing to an account that is no teacher.
 */
export function decide(actor: Actor, action: Action): Grant[] {
  if (!admits(actor, action)) return []
  const row: Partial<Record<string, Reach>> = rights[action]
  return actor.roles.flatMap(({ role, unitId }): Grant[] => {
    const reach = Object.hasOwn(row, role) ? row[role] : undefined
    if (reach === 'all' || (reach === 'unit' && unitId === null)) return [{ reach: 'all' }]
    if (reach === 'unit' && unitId !== null) return [{ reach, unitId }]
    if (reach === 'turn') return [{ reach }]
    if (reach === 'own' && actor.teacherId !== null) return [{ reach, teacherId: actor.teacherId }]
    return []
  })
}

/** The roles that may do an action, however far it reaches. */
export function rolesOf(action: Action): Role[] {
  return roles.filter((role) => Object.hasOwn(rights[action], role))
}

/** The actions an account may do at all. */
export function allowedActions(actor: Actor): Action[] {
  return actions.filter((action) => decide(actor, action).length > 0)
}
