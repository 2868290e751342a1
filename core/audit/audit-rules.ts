import type { AuditRules } from '../plugin/audit-rules.ts'

const frozen = 'frozen with its snapshot or run: written once, held by triggers and by a hash of its own'
const derived = 'brought in line with the installed plugins at each start'
const log = 'a log of its own'

export const coreAuditRules: AuditRules = {
  unaudited: {
    migration: 'kept by the runner of migrations, with hashes of its own',
    audit_entry: log,
    audit_link: log,
    audit_pending: log,
    data_access: log,
    mail: 'on its way for what is audited itself; its text may hold a secret',
    notice: 'follows from what is audited itself; read by whom it is for',
    indicator: derived,
    weighting: derived,
    snapshot: frozen,
    snapshot_unit: frozen,
    snapshot_teacher: frozen,
    snapshot_fact: frozen,
    snapshot_post: frozen,
    snapshot_leader: frozen,
    run_teacher: frozen,
    run_area: frozen,
    run_line: frozen,
    run_unit: frozen,
    run_certainty_teacher: frozen,
    sign_in_guess: 'counts failed guesses: nobody decides it',
    sign_in_flow: 'kept for minutes, until somebody comes back from another provider',
    run_progress: 'how far a run is: nobody decides it',
    evidence_compared: 'how far the search of copies is: nobody decides it',
  },
  secret: {
    'account_password.hash': 'of a password',
    'account_session.token_hash': 'of what a cookie holds',
    'account_link.token_hash': 'of what a link holds',
    'account_totp.secret': 'makes codes',
    'account_recovery_code.code_hash': 'of a code',
    'api_token.token_hash': 'of a token',
    'sign_in_flow.token_hash': 'of what a cookie holds',
    'sign_in_flow.verifier': 'proves who began to sign in',
  },
  quiet: {
    'account_session.seen_at': 'written with requests',
    'account_totp.last_step': 'written with each code',
    'api_token.used_at': 'written with requests',
    'plugin.seen_at': 'written at each start',
    'run_certainty.fraction': 'how far the work is',
  },
}

/** A name of a column that sounds like a secret: its values are masked unless the rules call it open. */
export const soundsSecret =
  /password|passphrase|secret|token|totp|recovery|private_key|api_key|verifier|cookie/
