-- The shadow period: an old rating kept beside a run. Only how the two compare may be published; the places of the run stay withheld.

create table shadow (
  id bigint generated always as identity primary key,
  run_id bigint not null unique references run (id),
  state text not null default 'review' check (state in ('review', 'published', 'ended')),
  created_by bigint not null references account (id),
  created_at timestamptz not null,
  moved_by bigint references account (id),
  moved_at timestamptz
);
comment on column shadow.state is 'review: nothing is public; published: the comparison is; ended: the run is read like any other';
comment on column shadow.moved_by is 'who changed the state last; null: nobody yet';

create table shadow_place (
  shadow_id bigint not null references shadow (id) on delete cascade,
  code text not null,
  league text,
  place integer check (place > 0),
  total numeric,
  primary key (shadow_id, code),
  check (place is not null or total is not null)
);
comment on column shadow_place.code is 'personnel number as the old rating gives it; the teacher need not be known here';
comment on column shadow_place.league is 'as the old rating calls it; null: it has none';
