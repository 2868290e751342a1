/**
 * For route-walk.test.ts: what each role gets when it asks for what belongs to Anna of another unit, and whoever may then gets with the same
 * request. A status; `hers`: an answer in which something of hers stands; `none`: an answer without anything of hers; `may`: a change that the role
 * may make, which the walk leaves out. Nobody who is not signed in gets anything but 401. `!` after a status would be a leak.
 */
export const table = `
                                                               | nobody teacher head dean verifier technician administrator management office | whoever may
DELETE /account/sessions/:id                                   | 403    404     404  404  404      404        404           404        404    | anna 204
GET /accounts/:id                                              | 403    403     403  403  403      403        hers          403        403    | administrator 200
POST /accounts                                                 | 403    403     403  403  403      403        may           403        403    | administrator 200
PUT /accounts/:id                                              | 403    403     403  403  403      403        may           403        403    | administrator 204
PUT /accounts/:id/roles                                        | 403    403     403  403  403      403        may           403        403    | administrator 204
PUT /accounts/:id/locked                                       | 403    403     403  403  403      403        may           403        403    | administrator 204
POST /accounts/:id/links                                       | 403    403     403  403  403      403        may           403        403    | administrator 200
DELETE /accounts/:id/sessions                                  | 403    403     403  403  403      403        may           403        403    | administrator 200
DELETE /account/tokens/:id                                     | 403    404     404  404  404      404        404           404        404    | anna 204
GET /accounts/:id/tokens                                       | 403    403     403  403  403      403        hers          403        403    | administrator 200
DELETE /accounts/:id/tokens/:tokenId                           | 403    403     403  403  403      403        may           403        403    | administrator 204
DELETE /accounts/:id/second-factor                             | 403    403     403  403  403      403        may           403        403    | administrator 204
DELETE /accounts/:id/identities                                | 403    403     403  403  403      403        may           403        403    | administrator 200
PUT /plugins/:id/enabled                                       | 403    403     403  403  403      403        may           403        403    | administrator 200
PUT /plugins/:id/settings                                      | 403    403     403  403  403      403        may           403        403    | administrator 200
GET /evidence                                                  | 403    none    none none none     403        403           hers       hers   | anna 200
GET /evidence, of a unit                                       | 403    none    none none none     403        403           hers       hers   | anna 200
GET /evidence/:id                                              | 403    404     404  404  404      403        403           hers       hers   | anna 200
GET /evidence/:id, a draft                                     | 403    404     404  404  404      403        403           hers       hers   | anna 200
POST /evidence                                                 | 403    may     may  may  403      403        403           403        may    | anna 200
PUT /evidence/:id                                              | 403    404     404  404  403      403        403           403        may    | anna 200
GET /evidence/:id/files/:fileId                                | 403    404     404  404  404      403        403           hers       hers   | anna 200
GET /evidence/:id/files/:fileId, by an entry of one’s own      | 403    404     404  404  404      403        403           404        404    | office 404
DELETE /evidence/:id/files/:fileId, by an entry of one’s own   | 403    404     404  404  403      403        403           403        may    | office 404
POST /evidence/:id/files                                       | 403    404     404  404  403      403        403           403        may    | anna 200
DELETE /evidence/:id/files/:fileId                             | 403    404     404  404  403      403        403           403        may    | anna 200
POST /evidence/:id/participants                                | 403    404     404  404  403      403        403           403        may    | anna 404
POST /evidence/:id/shares/confirmation                         | 403    404     404  403  403      403        403           403        403    | anna 403
PUT /evidence/:id/points                                       | 403    403     404  404  404      403        403           403        may    | historian 409
POST /evidence/:id/moves                                       | 403    404     404  404  404      403        403           403        may    | anna 409
POST /evidence/:id/moves, reopened                             | 403    404     404  404  404      403        403           403        may    | historian 200
POST /evidence/:id/moves, approved                             | 403    404     404  404  404      403        403           403        may    | historian 200
POST /approval/decisions                                       | 403    none    none none none     403        403           403        may    | historian 200
GET /evidence/copies/:id                                       | 403    403     403  403  404      403        403           403        hers   | office 200
POST /evidence/copies/:id/merging                              | 403    403     403  403  404      403        403           403        may    | office 200
POST /evidence/copies/:id/separation                           | 403    403     403  403  404      403        403           403        may    | office 200
GET /approval/queue                                            | 403    none    none none none     403        403           403        none   | historian 200
GET /approval/waiting                                          | 403    403     403  403  403      403        403           hers       hers   | reviewer 200
POST /approval/delegations                                     | 403    403     403  403  403      403        403           403        may    | historian 200
DELETE /approval/delegations/:id                               | 403    403     404  404  404      403        403           403        may    | historian 200
POST /approval/relatives                                       | 403    403     403  403  403      403        403           403        may    | anna 200
DELETE /approval/relatives/:id                                 | 403    403     403  403  403      403        403           403        may    | office 204
POST /notices/read                                             | 403    none    none none none     none       none          none       none   | anna 200
GET /teachers                                                  | 403    hers    hers hers hers     hers       hers          hers       hers   | anna 200
GET /teachers/:id                                              | 403    hers    hers hers hers     hers       hers          hers       hers   | anna 200
POST /people/imports/:kind                                     | 403    403     403  403  403      403        may           403        may    | office 422
GET /people/imports/:kind/template                             | 403    403     403  403  403      403        none          403        none   | office 200
GET /teachers/:id/entries                                      | 403    404     404  404  403      403        403           hers       hers   | anna 200
GET /teachers/:id/points                                       | 403    404     404  404  403      403        403           hers       hers   | anna 200
GET /teachers/:id/entries/:evidenceId/points                   | 403    404     404  404  403      403        403           hers       hers   | anna 200
GET /teachers/:id/entries/:evidenceId/points, by oneself       | 403    404     404  404  403      403        403           404        404    | office 404
GET /teachers/:id/results                                      | 403    none    none none 403      403        403           none       none   | anna 200
GET /privacy/accesses                                          | 403    none    none 403  403      403        none          403        403    | anna 200
GET /audit                                                     | 403    403     403  403  403      403        hers          403        403    | administrator 200
POST /privacy/requests/:id/moves                               | 403    403     403  403  403      403        403           403        may    | office 200
DELETE /privacy/requests/:id                                   | 403    404     404  403  403      403        403           403        403    | anna 409
GET /privacy/requests/:id/bundle                               | 403    404     404  403  403      403        403           403        403    | anna 200
POST /runs                                                     | 403    403     403  403  403      403        403           403        may    | office 200
GET /runs/:id                                                  | 403    none    none none none     403        none          none       none   | anna 200
GET /runs/:id, not published                                   | 403    403     403  403  403      403        403           none       none   | reviewer 200
POST /runs/:id/cancel                                          | 403    403     403  403  403      403        403           403        may    | office 200
GET /runs/:id/verification                                     | 403    403     403  403  403      403        403           none       none   | reviewer 200
GET /runs/:id/export                                           | 403    403     403  403  403      403        403           403        none   | office 200
GET /runs/:id/ranking                                          | 403    none    none none 403      403        403           hers       hers   | anna 200
GET /runs/:id/ranking/export                                   | 403    none    none none 403      403        403           hers       hers   | anna 200
GET /runs/:id/teachers/:teacherId                              | 403    404     404  404  403      403        403           hers       hers   | anna 200
GET /runs/:id/fairness                                         | 403    403     403  403  403      403        403           none       none   | reviewer 200
GET /runs/:id/units                                            | 403    none    none none 403      403        403           none       none   | anna 200
GET /runs/:id/publication                                      | 403    none    none none 403      403        403           none       none   | anna 200
POST /runs/:id/publication                                     | 403    403     403  403  403      403        403           may        may    | management 409
POST /runs/:id/publication/withdrawal                          | 403    403     403  403  403      403        403           may        may    | reviewer 200
GET /runs/:id/leagues                                          | 403    none    none none 403      403        403           none       none   | anna 200
GET /runs/:id/table                                            | 403    403     403  403  403      403        403           403        403    | office 403
POST /settings/table-by-name                                   | 403    403     403  403  403      403        may           may        403    | reviewer 200
GET /runs/:id/compare/:other                                   | 403    none    none none 403      403        403           none       none   | reviewer 200
GET /runs/:id/compare/:other/groups                            | 403    403     403  403  403      403        403           none       none   | reviewer 200
GET /runs/:id/compare/:other/teachers                          | 403    none    none none 403      403        403           hers       hers   | reviewer 200
GET /runs/:id/compare/:other/teachers/export                   | 403    none    none none 403      403        403           hers       hers   | reviewer 200
GET /runs/:id/compare/:other/teachers/:teacherId               | 403    404     404  404  403      403        403           hers       hers   | reviewer 200
GET /runs/:id/certainty                                        | 403    none    none none 403      403        403           none       none   | anna 200
POST /runs/:id/certainty                                       | 403    403     403  403  403      403        403           403        may    | office 200
GET /runs/:id/certainty/bands                                  | 403    none    none none 403      403        403           none       none   | anna 200
GET /runs/:id/certainty/teachers                               | 403    none    none none 403      403        403           none       none   | anna 200
POST /runs/:id/shadow                                          | 403    403     403  403  403      403        403           403        may    | office 200
GET /runs/:id/shadow                                           | 403    403     403  403  403      403        403           none       none   | reviewer 200
GET /runs/:id/shadow/teachers                                  | 403    403     403  403  403      403        403           hers       hers   | reviewer 200
GET /runs/:id/shadow/teachers/export                           | 403    403     403  403  403      403        403           hers       hers   | reviewer 200
POST /runs/:id/shadow/moves                                    | 403    403     403  403  403      403        403           may        403    | management 200
GET /runs/:id/shadow/published                                 | 403    none    none none none     403        none          none       none   | anna 200
DELETE /runs/:id/shadow                                        | 403    403     403  403  403      403        403           403        may    | office 409
POST /runs/:id/appeals                                         | 403    422     422  403  403      403        403           403        403    | anna 422
GET /appeals/own                                               | 403    none    none 403  403      403        403           403        403    | anna 200
GET /appeals/assigned                                          | 403    none    none none none     403        none          none       none   | anna 200
GET /appeals                                                   | 403    403     403  403  403      403        403           hers       hers   | reviewer 200
GET /runs/:id/appeals/statistics                               | 403    403     403  403  403      403        403           none       none   | reviewer 200
GET /appeals/:id                                               | 403    404     404  404  404      403        404           hers       hers   | anna 200
POST /appeals/:id/files                                        | 403    404     404  403  403      403        403           403        403    | anna 200
GET /teachers/:teacherId/appeals/:id/files/:fileId             | 403    404     404  404  404      403        404           hers       hers   | anna 200
GET /teachers/:teacherId/appeals/:id/files/:fileId, by oneself | 403    404     404  404  404      403        404           404        404    | office 404
GET /appeals/:id/reviewers                                     | 403    403     403  403  403      403        403           403        hers   | office 200
POST /appeals/:id/reviewer                                     | 403    403     403  403  403      403        403           403        may    | office 200
POST /appeals/:id/answer                                       | 403    404     404  404  404      403        404           403        403    | reviewer 200
POST /appeals/:id/withdrawal                                   | 403    404     404  403  403      403        403           403        403    | anna 200
GET /runs/:id/correction                                       | 403    403     403  403  403      403        403           none       none   | reviewer 200
POST /runs/:id/correction                                      | 403    403     403  403  403      403        403           403        may    | office 409
GET /regulations/:id                                           | 403    none    none none none     403        none          none       none   | anna 200
GET /regulations/:id/findings                                  | 403    403     403  403  403      403        403           none       none   | reviewer 200
GET /regulations/:id/document                                  | 403    none    none none none     403        none          none       none   | anna 200
POST /regulations                                              | 403    403     403  403  403      403        403           403        may    | office 200
POST /regulations/drafts                                       | 403    403     403  403  403      403        403           403        may    | office 200
POST /regulations/check                                        | 403    403     403  403  403      403        403           403        may    | office 200
POST /regulations/:id/preview                                  | 403    403     403  403  403      403        403           may        may    | management 200
POST /regulations/:id/drafts                                   | 403    403     403  403  403      403        403           403        may    | office 200
PUT /regulations/:id                                           | 403    403     403  403  403      403        403           403        may    | office 200
POST /regulations/:id/moves                                    | 403    403     403  403  403      403        403           may        may    | management 422
POST publications:/import/preview                              | 403    none    none none 403      403        403           403        may    | anna 200
POST publications:/authors/suggestions                         | 403    none    none none 403      403        403           403        may    | anna 200
POST publications:/journals/suggestions                        | 403    none    none none 403      403        403           403        may    | anna 200
POST publications:/import/commit                               | 403    may     may  may  403      403        403           403        may    | anna 200
POST publications:/journal-lists                               | 403    403     403  403  403      403        may           403        may    | office 200
GET teaching:/results                                          | 403    none    none none 403      403        403           hers       hers   | anna 200
GET teaching:/results/:teacher/:course/:year/:term             | 403    404     404  404  403      403        403           hers       hers   | anna 200
POST teaching:/results/:teacher/:course/:year/:term/review     | 403    403     403  403  403      403        403           403        may    | office 409
POST teaching:/imports/:kind                                   | 403    403     403  403  403      403        403           403        may    | office 200
POST teaching:/moodle                                          | 403    403     403  403  403      403        403           403        may    | office 200
POST teaching:/headings                                        | 403    403     403  403  403      403        403           403        may    | office 200
GET teaching:/import-orders/:id                                | 403    403     403  403  403      403        403           403        hers   | office 200
GET teaching:/import-orders/:id/report                         | 403    403     403  403  403      403        403           403        409    | office 409
POST teaching:/import-orders/:id/cancellation                  | 403    403     403  403  403      403        403           403        may    | office 200
GET teaching:/imports/:kind/template                           | 403    403     403  403  403      403        403           403        none   | office 200
GET classroom:/rooms/:id/day                                   | 403    none    none none none     none       none          none       none   | anna 200
POST classroom:/devices                                        | 403    403     403  403  403      may        may           403        403    | administrator 200
POST classroom:/devices/:id/password                           | 403    403     403  403  403      may        may           403        403    | administrator 200
POST classroom:/devices/:id/room                               | 403    403     403  403  403      may        may           403        403    | administrator 200
POST classroom:/devices/:id/retire                             | 403    403     403  403  403      may        may           403        403    | administrator 200
POST classroom:/timetable                                      | 403    403     403  403  403      403        403           403        may    | office 200
POST classroom:/lessons/:id/dispute                            | 403    404     404  403  403      403        403           403        403    | anna 200
POST classroom:/lessons/:id/decision                           | 403    403     403  404  403      403        403           403        may    | historian 200
GET expert:/consultations/:id                                  | 403    403     403  403  403      403        403           hers       hers   | reviewer 200
POST expert:/consultations                                     | 403    403     403  403  403      403        403           403        may    | office 200
PUT expert:/consultations/:id                                  | 403    403     403  403  403      403        403           403        may    | office 200
GET expert:/sheets/:id                                         | 403    404     404  404  404      403        404           404        404    | anna 200
PUT expert:/sheets/:id                                         | 403    404     404  404  404      403        404           404        404    | anna 200
POST expert:/sheets/:id/moves                                  | 403    404     404  404  404      403        404           404        404    | anna 422
GET expert:/sheets/:id/results                                 | 403    404     404  404  404      403        404           404        404    | anna 403
GET expert:/consultations/:id/results                          | 403    403     403  403  403      403        403           none       none   | reviewer 200
POST expert:/consultations/:id/close                           | 403    403     403  403  403      403        403           403        may    | office 200
POST expert:/consultations/:id/weighting                       | 403    403     403  403  403      403        403           403        may    | office 409
GET forecast:/outlooks/:id/subjects                            | 403    none    none none 403      403        403           hers       hers   | anna 200
GET forecast:/outlooks/:id/export                              | 403    none    none none 403      403        403           hers       hers   | office 200
GET forecast:/outlooks/:id/card                                | 403    none    none none 403      403        403           none       none   | office 200
GET forecast:/outlooks/:id/card/file                           | 403    404     404  404  403      403        403           404        404    | office 404
GET forecast:/outlooks/:id/drivers                             | 403    404     404  404  403      403        403           none       none   | office 200
GET forecast:/year                                             | 403    404     404  404  403      403        403           none       none   | office 200
POST forecast:/sorting/kinds                                   | 403    none    none none 403      403        403           403        may    | anna 200
POST forecast:/sorting/fields                                  | 403    none    none none 403      403        403           403        may    | anna 200
POST /suggestions/answers                                      | 403    none    none none none     403        403           may        may    | anna 204
POST forecast:/sorting/learn                                   | 403    403     403  403  403      403        may           403        403    | administrator 204
GET forecast:/sorting/entries/:id/remarks                      | 403    404     404  404  404      403        403           none       none   | office 200
GET forecast:/teachers/:teacherId                              | 403    none    none none 403      403        403           hers       hers   | anna 200
POST surveys:/questionnaires                                   | 403    403     403  403  403      403        403           403        may    | office 200
GET surveys:/versions/:id                                      | 403    403     403  403  403      403        403           hers       hers   | management 200
PUT surveys:/versions/:id                                      | 403    403     403  403  403      403        403           403        may    | office 200
POST surveys:/questionnaires/:id/versions                      | 403    403     403  403  403      403        403           403        may    | office 200
GET surveys:/campaigns/:id                                     | 403    403     403  403  403      403        403           hers       hers   | management 200
POST surveys:/campaigns                                        | 403    403     403  403  403      403        403           403        may    | office 200
PUT surveys:/campaigns/:id                                     | 403    403     403  403  403      403        403           403        may    | office 200
POST surveys:/campaigns/:id/groups/removal                     | 403    403     403  403  403      403        403           403        may    | office 200
DELETE surveys:/campaigns/:id                                  | 403    403     403  403  403      403        403           403        may    | office 204
POST surveys:/campaigns/:id/release                            | 403    403     403  403  403      403        403           403        may    | office 200
POST surveys:/campaigns/:id/closing                            | 403    403     403  403  403      403        403           403        may    | office 200
GET surveys:/campaigns/:id/groups                              | 403    403     403  403  403      403        403           hers       hers   | management 200
POST surveys:/campaigns/:id/groups                             | 403    403     403  403  403      403        403           403        may    | office 200
POST surveys:/campaigns/:id/sheets                             | 403    403     403  403  403      403        403           403        may    | office 200
POST surveys:/campaigns/:id/invitations                        | 403    403     403  403  403      403        403           403        may    | office 200
GET surveys:/closed                                            | 403    none    none none 403      403        403           hers       hers   | anna 200
GET surveys:/closed/:id/results                                | 403    none    none none 403      403        403           hers       hers   | anna 200
GET surveys:/closed/:id/results, not over                      | 403    none    none none 403      403        403           none       none   | anna 200
GET surveys:/closed/:id/results/:teacher                       | 403    404     404  404  403      403        403           hers       hers   | anna 200
GET surveys:/closed/:id/results/:teacher, not over             | 403    404     404  404  403      403        403           404        404    | anna 404
GET surveys:/teachers/:teacher/years                           | 403    404     404  404  403      403        403           hers       hers   | anna 200
GET surveys:/closed/:id/remarks                                | 403    none    none 403  403      403        403           403        403    | anna 200
GET surveys:/remarks                                           | 403    403     403  403  403      403        403           403        hers   | office 200
POST surveys:/remarks/:id                                      | 403    403     403  403  403      403        403           403        may    | office 200
`
