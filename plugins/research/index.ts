import { definePlugin } from '@ustaz/core/plugin'
import { award } from './kinds/award.ts'
import { expertise } from './kinds/expertise.ts'
import { grantApplication } from './kinds/grant-application.ts'
import { hIndex } from './kinds/h-index.ts'
import { implementationAct } from './kinds/implementation-act.ts'
import { intellectualProperty } from './kinds/intellectual-property.ts'
import { membership } from './kinds/membership.ts'
import { project } from './kinds/project.ts'
import { review } from './kinds/review.ts'
import { scientificEvent } from './kinds/scientific-event.ts'
import { startUp } from './kinds/start-up.ts'
import { stateAward } from './kinds/state-award.ts'
import { stay } from './kinds/stay.ts'
import { studentResearch } from './kinds/student-research.ts'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }

export default definePlugin({
  id: 'research',
  version: '0.1.0',
  messages: { kk, ru, en },
  evidence: [
    project,
    grantApplication,
    stay,
    review,
    expertise,
    intellectualProperty,
    implementationAct,
    hIndex,
    studentResearch,
    startUp,
    membership,
    stateAward,
    award,
    scientificEvent,
  ],
})
