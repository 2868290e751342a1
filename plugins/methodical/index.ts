import { definePlugin } from '@ustaz/core/plugin'
import { disciplinePackage } from './kinds/discipline-package.ts'
import { electronicTextbook } from './kinds/electronic-textbook.ts'
import { guestLecture } from './kinds/guest-lecture.ts'
import { individualPlan } from './kinds/individual-plan.ts'
import { integratedCourse } from './kinds/integrated-course.ts'
import { jointProgramme } from './kinds/joint-programme.ts'
import { microcredential } from './kinds/microcredential.ts'
import { mooc } from './kinds/mooc.ts'
import { olympiad } from './kinds/olympiad.ts'
import { textbook } from './kinds/textbook.ts'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }

export default definePlugin({
  id: 'methodical',
  version: '0.1.0',
  messages: { kk, ru, en },
  evidence: [
    disciplinePackage,
    integratedCourse,
    microcredential,
    jointProgramme,
    olympiad,
    textbook,
    electronicTextbook,
    mooc,
    guestLecture,
    individualPlan,
  ],
})
