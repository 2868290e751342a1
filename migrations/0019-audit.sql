-- The audit log: every change of a row that somebody decided about, with who, when, from what to what. core/audit/README.md says how
-- its chain of hashes is made and why so.

create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  account_id bigint,
  request text,
  table_name text not null,
  key jsonb not null,
  action text not null check (action in ('insert', 'update', 'delete', 'truncate', 'erase')),
  columns text[],
  teacher_id bigint,
  digest bytea not null,
  salt uuid,
  before jsonb,
  after jsonb
);
create index audit_entry_table on audit_entry (table_name, id desc);
create index audit_entry_account on audit_entry (account_id, id desc) where account_id is not null;
create index audit_entry_teacher on audit_entry (teacher_id, id desc) where teacher_id is not null;
create index audit_entry_at on audit_entry using brin (at);
comment on column audit_entry.actor is 'account:5, job:rating-run, command:migrate, visitor (nobody signed in), or database:user for a change past the product';
comment on column audit_entry.account_id is 'of the actor, where it is an account';
comment on column audit_entry.request is 'of the request or job, the same for all its changes; null: there was none';
comment on column audit_entry.table_name is 'with its schema: core.teacher';
comment on column audit_entry.columns is 'what an update changed; null: the whole row came or went';
comment on column audit_entry.teacher_id is 'whom the row is about, where it names one teacher';
comment on column audit_entry.digest is 'sha256 over salt, before and after: it stays in the chain when these are erased';
comment on column audit_entry.before is 'the changed columns (or the row) as they were; null: there was no row, or the content was erased (salt is null too)';

create table audit_pending (entry_id bigint primary key);
comment on table audit_pending is 'entries that no link of the chain names yet';

create table audit_link (
  position bigint primary key check (position > 0),
  entry_id bigint not null unique,
  hash bytea not null
);
comment on column audit_link.hash is 'sha256 over the hash of the link before and the entry; core/audit/chain.ts';

-- Statement triggers: one insert for all rows of a statement. Arguments: columns of the key, columns whose values are never copied,
-- columns whose change alone is not worth an entry (each list divided by commas), the column that names the teacher. Runs by the rights
-- of the owner, so that who may change a table need not be able to write the log otherwise.
create function audit_rows() returns trigger language plpgsql security definer set search_path = core, pg_catalog, pg_temp as $$
declare
  keys text[] := string_to_array(tg_argv[0], ',');
  secrets text[] := string_to_array(tg_argv[1], ',');
  quiet text[] := string_to_array(tg_argv[2], ',');
  who text := coalesce(nullif(current_setting('ustaz.actor', true), ''), 'database:' || session_user);
  wanted text := nullif(current_setting('ustaz.request', true), '');
  account bigint := substring(who from '^account:(\d+)$')::bigint;
  origin text := tg_table_schema || '.' || tg_table_name;
  -- Most tables have a key of one column and no secrets: for them the calls of functions are spared.
  single text := case when cardinality(keys) = 1 then keys[1] end;
  open boolean := cardinality(secrets) = 0;
begin
  if tg_op = 'INSERT' then
    with change as (
      select case when open then to_jsonb(n) else audit_mask(to_jsonb(n), secrets) end as now_is, gen_random_uuid() as salt from new_rows n
    ), entry as (
      insert into audit_entry (at, actor, account_id, request, table_name, key, action, teacher_id, digest, salt, after)
      select clock_timestamp(), who, account, wanted, origin,
        case when single is null then audit_part(now_is, keys) else jsonb_build_object(single, now_is -> single) end,
        'insert', (now_is ->> tg_argv[3])::bigint, audit_digest(salt, null, now_is), salt, now_is
      from change returning id
    ) insert into audit_pending select id from entry;
  elsif tg_op = 'DELETE' then
    with change as (
      select case when open then to_jsonb(o) else audit_mask(to_jsonb(o), secrets) end as was, gen_random_uuid() as salt from old_rows o
    ), entry as (
      insert into audit_entry (at, actor, account_id, request, table_name, key, action, teacher_id, digest, salt, before)
      select clock_timestamp(), who, account, wanted, origin,
        case when single is null then audit_part(was, keys) else jsonb_build_object(single, was -> single) end,
        'delete', (was ->> tg_argv[3])::bigint, audit_digest(salt, was, null), salt, was
      from change returning id
    ) insert into audit_pending select id from entry;
  elsif tg_op = 'UPDATE' then
    -- A row whose key was changed comes without its other half: it went under one key and came under another.
    with pair as (
      select o.row as was, n.row as now_is
      from (select r.row, case when single is null then audit_part(r.row, keys) else r.row -> single end as key
        from (select to_jsonb(old_rows) as row from old_rows offset 0) r) o
      full join (select r.row, case when single is null then audit_part(r.row, keys) else r.row -> single end as key
        from (select to_jsonb(new_rows) as row from new_rows offset 0) r) n on n.key = o.key
    ), change as (
      select coalesce(pair.now_is, pair.was) as whole, gen_random_uuid() as salt, changed.names,
        case when pair.was is null then 'insert' when pair.now_is is null then 'delete' else 'update' end as action,
        case when pair.was is null or pair.now_is is null then pair.was else changed.was end as was,
        case when pair.was is null or pair.now_is is null then pair.now_is else changed.now_is end as now_is
      from pair
      left join lateral (
        select array_agg(name order by name) as names, jsonb_object_agg(name, coalesce(pair.was -> name, 'null')) as was,
          jsonb_object_agg(name, value) as now_is
        from jsonb_each(pair.now_is) as field (name, value)
        where field.value is distinct from pair.was -> field.name
      ) changed on pair.was is not null and pair.now_is is not null
      where pair.was is null or pair.now_is is null or not (coalesce(changed.names, '{}') <@ quiet)
    ), masked as (
      select names, salt, action, (whole ->> tg_argv[3])::bigint as teacher,
        case when open then whole else audit_mask(whole, secrets) end as whole,
        case when open then was else audit_mask(was, secrets) end as was,
        case when open then now_is else audit_mask(now_is, secrets) end as now_is
      from change
    ), entry as (
      insert into audit_entry (at, actor, account_id, request, table_name, key, action, columns, teacher_id, digest, salt, before, after)
      select clock_timestamp(), who, account, wanted, origin,
        case when single is null then audit_part(whole, keys) else jsonb_build_object(single, whole -> single) end,
        action, names, teacher, audit_digest(salt, was, now_is), salt, was, now_is
      from masked returning id
    ) insert into audit_pending select id from entry;
  else
    with salt as (select gen_random_uuid() as salt), entry as (
      insert into audit_entry (at, actor, account_id, request, table_name, key, action, digest, salt)
      select clock_timestamp(), who, account, wanted, origin, '{}', 'truncate', audit_digest(salt, null, null), salt
      from salt returning id
    ) insert into audit_pending select id from entry;
  end if;
  return null;
end $$;

-- The named columns of a row.
create function audit_part(whole jsonb, names text[]) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(name, whole -> name), '{}') from unnest(names) name
$$;

-- A row with the values of some columns left out; that there was a value is kept.
create function audit_mask(whole jsonb, secrets text[]) returns jsonb language sql immutable as $$
  select case when cardinality(secrets) = 0 or whole is null then whole
    else whole || (select coalesce(jsonb_object_agg(name, '***'), '{}') from unnest(secrets) name where jsonb_typeof(whole -> name) <> 'null') end
$$;

create function audit_digest(salt uuid, before jsonb, after jsonb) returns bytea language sql immutable as $$
  select sha256(uuid_send(salt) || convert_to(coalesce(before::text, ''), 'UTF8') || '\x00' || convert_to(coalesce(after::text, ''), 'UTF8'))
$$;

-- Written once. The content of an entry may go (erasure, retention), all of it at once; the chain then has to say so, or it does not hold.
create function refuse_change_of_audit() returns trigger language plpgsql set search_path = core, pg_catalog, pg_temp as $$
begin
  if tg_table_name = 'audit_entry' and tg_op = 'UPDATE' then
    if new.salt is not null or new.before is not null or new.after is not null
      or to_jsonb(new) - array['salt', 'before', 'after'] <> to_jsonb(old) - array['salt', 'before', 'after'] then
      raise exception 'entry % of the audit log is written once', old.id using errcode = 'UZ002';
    end if;
    return new;
  end if;
  if tg_table_name = 'audit_pending' and tg_op = 'DELETE' then
    if exists (select from audit_link where entry_id = old.entry_id) then return old; end if;
  end if;
  raise exception 'rows of % are written once', tg_table_name using errcode = 'UZ002';
end $$;
create trigger written_once before update or delete on audit_entry for each row execute function refuse_change_of_audit();
create trigger written_once before update or delete on audit_link for each row execute function refuse_change_of_audit();
create trigger written_once before update or delete on audit_pending for each row execute function refuse_change_of_audit();
create trigger never_emptied before truncate on audit_entry for each statement execute function refuse_change_of_audit();
create trigger never_emptied before truncate on audit_link for each statement execute function refuse_change_of_audit();
create trigger never_emptied before truncate on audit_pending for each statement execute function refuse_change_of_audit();

-- Erases what some entries held and says so in an entry of its own; answers how many there were. The entries stay in the chain.
create function audit_erase(entries bigint[], why text) returns bigint language plpgsql security definer
  set search_path = core, pg_catalog, pg_temp as $$
declare
  erased bigint[];
begin
  with gone as (
    update audit_entry set salt = null, before = null, after = null
    where id = any(entries) and salt is not null and action <> 'erase' returning id
  ) select array_agg(id order by id) into erased from gone;
  if erased is null then return 0; end if;
  with content as (select gen_random_uuid() as salt, jsonb_build_object('reason', why) as after), entry as (
    insert into audit_entry (at, actor, account_id, request, table_name, key, action, digest, salt, after)
    select clock_timestamp(), coalesce(nullif(current_setting('ustaz.actor', true), ''), 'database:' || session_user),
      substring(current_setting('ustaz.actor', true) from '^account:(\d+)$')::bigint, nullif(current_setting('ustaz.request', true), ''),
      'core.audit_entry', jsonb_build_object('entries', erased), 'erase', audit_digest(salt, null, after), salt, after
    from content returning id
  ) insert into audit_pending select id from entry;
  return cardinality(erased);
end $$;
revoke execute on function audit_erase from public;
