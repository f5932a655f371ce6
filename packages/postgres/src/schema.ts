/**
 * The schema, one entry a version, applied in order with the schema as the only one that names are looked for in. An
 * entry that was released is never changed.
 *
 * Texts are compared byte by byte (COLLATE "C"), whatever the database's own language is. Moments of ours are
 * milliseconds since 1970; moments that callers gave stay the texts that they were. JSON stays text as well: jsonb keeps
 * neither the order of keys nor U+0000.
 */
export const migrations: readonly string[] = [
  `
create domain word as text collate "C";
create domain moment_ms as double precision;

create table idempotency (
  key word primary key,
  fingerprint word not null,
  state word not null,
  lease word not null,
  until_ms moment_ms not null,
  since_ms moment_ms not null,
  -- Whether the last attempt that took the key over found one in doubt.
  inherited boolean not null default false,
  result word
);

create table links (
  seq bigint generated always as identity primary key,
  system word not null, kind word not null, id word not null,
  to_system word not null, to_kind word not null, to_id word not null,
  attached boolean not null,
  unique (system, kind, id, to_system, to_kind)
);
create index links_children on links (to_system, to_kind, to_id, system, kind, seq) where attached;

create table sequences (name word primary key, at_ms moment_ms not null, mark word not null);

create table cursors (name word primary key, cursor word not null);

create table inbox (
  system word not null, delivery_id word not null,
  topic word not null, body word not null, received_at word not null,
  primary key (system, delivery_id)
);
create index inbox_by_time on inbox (system, received_at);

-- Every job that was ever added, so that it is added once. The jobs themselves are pg-boss's, under ids of its own.
create table job_ids (
  id word primary key,
  boss uuid not null,
  boss_queue word not null,
  due_at word not null,
  -- How often pg-boss had handed it out when it was parked last: attempts are counted from there.
  attempts_before integer not null default 0
);
-- Who holds which job.
create table job_leases (
  job word primary key,
  queue word not null,
  lease word not null,
  until_ms moment_ms not null
);
create index job_leases_by_end on job_leases (queue, until_ms);

create table runs (
  seq bigint generated always as identity,
  id word primary key,
  flow word not null, version double precision not null, key word not null,
  event word, state word not null, started_at word not null
);
-- Few runs are unfinished at any time; finding them must not read the others.
create index runs_unfinished on runs (flow, seq) where state = 'open';
create table steps (
  run word not null, step word not null, result word,
  primary key (run, step)
);

create table exceptions (
  id word primary key,
  run word not null unique,
  flow word not null, job word not null, step word not null,
  code word not null, kind word not null, category word not null,
  message word not null, refs word not null, details word,
  state word not null, opened_at word not null, changed_ms moment_ms not null,
  occurrences double precision not null, assignee word, note word
);
create index exceptions_by_age on exceptions (opened_at, id);
create index exceptions_by_state on exceptions (state, opened_at, id);
create index exceptions_by_flow on exceptions (flow, opened_at, id);
create index exceptions_open on exceptions (category) where state = 'open';
create table exception_refs (
  system word not null, kind word not null, id word not null, exception word not null,
  primary key (system, kind, id, exception)
);
create index exception_refs_of on exception_refs (exception);

create table audit (
  seq bigint generated always as identity primary key,
  at word not null, actor word not null, action word not null, refs word not null, details word
);
create table audit_refs (
  system word not null, kind word not null, id word not null, seq bigint not null,
  primary key (system, kind, id, seq)
);

-- 'state' is nothing where somebody is about to write the first one.
create table shared (name word primary key, state word, version bigint not null);

create table belonging (one integer primary key check (one = 1), integration word not null);

-- The latest moment that somebody noted.
create table latest_moment (one integer primary key check (one = 1), at_ms moment_ms not null);
`,
];

/** Every table that the entries up to a version make. */
export function tablesUpTo(version: number): readonly string[] {
  return migrations
    .slice(0, version)
    .flatMap((text) => [...text.matchAll(/^create table (\w+)/gm)].flatMap(([, name]) => name ?? []));
}
