/** Marks the file as ours ("Xdok"), so that another program's database is never written to. sqlite.org/pragma.html */
export const applicationId = 0x58_64_6f_6b;

/** The schema, one entry a version, applied in order. An entry that was released is never changed. */
export const migrations: readonly string[] = [
  `
create table idempotency (
  key text primary key,
  fingerprint text not null,
  state text not null,
  lease text not null,
  until_ms integer not null,
  result text
) strict, without rowid;

create table links (
  seq integer primary key,
  system text not null, kind text not null, id text not null,
  to_system text not null, to_kind text not null, to_id text not null,
  attached integer not null,
  unique (system, kind, id, to_system, to_kind)
) strict;
create index links_children on links (to_system, to_kind, to_id, system, kind, seq) where attached = 1;

create table cursors (name text primary key, cursor text not null) strict, without rowid;

create table inbox (
  system text not null, delivery_id text not null,
  topic text not null, body text not null, received_at text not null,
  unique (system, delivery_id)
) strict;

-- Holds only jobs that are not over. 'head' is 1 for the oldest job of a key, the only one that can be handed out;
-- 'due_ms' of a running job is the end of its lease.
create table jobs (
  seq integer primary key,
  id text not null unique,
  queue text not null, key text not null, lane integer not null,
  due_at text not null, due_ms integer not null,
  payload text,
  state text not null, attempt integer not null, lease text, head integer not null
) strict;
create index jobs_by_key on jobs (queue, key, seq);
create index jobs_due on jobs (queue, lane, due_ms, seq) where head = 1 and state <> 'parked';
create table ended_jobs (id text primary key) strict, without rowid;

create table runs (
  id text not null unique,
  flow text not null, version integer not null, key text not null,
  event text, state text not null, started_at text not null
) strict;
create table steps (
  run text not null, step text not null, result text,
  primary key (run, step)
) strict, without rowid;

create table exceptions (
  id text not null unique,
  run text not null unique,
  flow text not null, job text not null, step text not null,
  code text not null, kind text not null, category text not null,
  message text not null, refs text not null, details text,
  state text not null, opened_at text not null, changed_at text not null,
  occurrences integer not null, assignee text, note text
) strict;
create index exceptions_by_age on exceptions (opened_at, id);
create index exceptions_by_state on exceptions (state, opened_at, id);
create index exceptions_open on exceptions (category) where state = 'open';

create table audit (
  seq integer primary key,
  at text not null, actor text not null, action text not null, refs text not null, details text
) strict;
create table audit_refs (
  system text not null, kind text not null, id text not null, seq integer not null,
  primary key (system, kind, id, seq)
) strict, without rowid;
`,
  `
-- Counting must not read the jobs themselves, whose payloads may be large.
drop index jobs_due;
create index jobs_due on jobs (queue, lane, due_ms, seq, state) where head = 1 and state <> 'parked';
create index jobs_parked on jobs (queue) where state = 'parked';
`,
  `
-- Few runs are unfinished at any time; finding them must not read the others.
create index runs_unfinished on runs (flow) where state = 'open';
`,
  `
-- Nobody knows since when a key of before is in doubt, because every look at it began a lease anew. So it counts as older than
-- any platform remembers a key, and none of them is sent again as a repeat.
alter table idempotency add column since_ms integer not null default 0;

create table sequences (name text primary key, at_ms integer not null, mark text not null) strict, without rowid;
create table shared (name text primary key, state text not null) strict, without rowid;
create table belonging (one integer primary key check (one = 1), integration text not null) strict;
create index inbox_by_time on inbox (system, received_at);

create table exception_refs (
  system text not null, kind text not null, id text not null, exception text not null,
  primary key (system, kind, id, exception)
) strict, without rowid;
insert into exception_refs
  select distinct json_extract(ref.value, '$.system'), json_extract(ref.value, '$.kind'), json_extract(ref.value, '$.id'),
    exceptions.id
  from exceptions, json_each(exceptions.refs) as ref;
create index exceptions_by_flow on exceptions (flow, opened_at, id);
`,
  `
-- The latest moment that anybody has seen who worked with this file, so that a clock that went back is noticed.
create table latest_moment (one integer primary key check (one = 1), at_ms integer not null) strict;
`,
];
