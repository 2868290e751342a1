import { definePlugin } from '@ustaz/core/plugin'
import { civicEvent } from './kinds/civic-event.ts'
import { endowment } from './kinds/endowment.ts'
import { mediaPublication } from './kinds/media-publication.ts'
import { rankingExpert } from './kinds/ranking-expert.ts'
import { recruitmentEvent } from './kinds/recruitment-event.ts'
import { recruitment } from './kinds/recruitment.ts'
import { sportEvent } from './kinds/sport-event.ts'
import { sportResult } from './kinds/sport-result.ts'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }

export default definePlugin({
  id: 'community',
  version: '0.1.0',
  messages: { kk, ru, en },
  evidence: [
    sportResult,
    sportEvent,
    civicEvent,
    recruitment,
    recruitmentEvent,
    mediaPublication,
    endowment,
    rankingExpert,
  ],
})
