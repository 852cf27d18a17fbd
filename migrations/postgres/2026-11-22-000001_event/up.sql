CREATE TABLE users (
    id uuid NOT NULL,
    email text NOT NULL,
    email_folded text NOT NULL UNIQUE,
    display_name text NOT NULL,
    phone text,
    locale text NOT NULL CHECK (locale IN ('en', 'ko')),
    admin boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'suspended')),
    password_hash text,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    agent text,
    origin text NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE refresh_tokens (
    id uuid NOT NULL,
    session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    hash text NOT NULL UNIQUE,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    successor_id uuid,
    PRIMARY KEY (id)
);

CREATE TABLE api_tokens (
    id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name text NOT NULL,
    hash text NOT NULL UNIQUE,
    scopes jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (id)
);

CREATE TABLE signing_keys (
    kid text NOT NULL,
    private_key text NOT NULL,
    public_key text NOT NULL,
    created_at timestamptz NOT NULL,
    signs_until timestamptz NOT NULL,
    checks_until timestamptz NOT NULL,
    PRIMARY KEY (kid)
);

CREATE TABLE throttles (
    subject text NOT NULL,
    failures integer NOT NULL CHECK (failures > 0),
    last_at timestamptz NOT NULL,
    PRIMARY KEY (subject)
);

CREATE TABLE setup_links (
    hash text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (hash)
);

CREATE TABLE kept_answers (
    owner text NOT NULL,
    idempotency_key text NOT NULL,
    fingerprint text NOT NULL,
    status integer NOT NULL,
    headers jsonb NOT NULL,
    body text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (owner, idempotency_key)
);

CREATE TABLE organizations (
    id uuid NOT NULL,
    slug text NOT NULL UNIQUE,
    name jsonb NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE hackathons (
    id uuid NOT NULL,
    slug text NOT NULL UNIQUE,
    name jsonb NOT NULL,
    timezone text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    working_hours jsonb NOT NULL,
    holidays jsonb NOT NULL,
    ended_at timestamptz,
    directory_version bigint NOT NULL,
    draft_version bigint NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    CHECK (starts_on <= ends_on)
);

CREATE TABLE hackathon_organizations (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES organizations (id),
    name jsonb NOT NULL,
    function text NOT NULL CHECK (function IN ('host', 'sponsor', 'platform_vendor', 'event_planner', 'delivery_partner')),
    lead_id uuid,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (hackathon_id, organization_id)
);

CREATE TABLE units (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL,
    slug text NOT NULL,
    name jsonb NOT NULL,
    lead_id uuid,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, slug),
    UNIQUE (hackathon_id, id),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id)
);

CREATE TABLE members (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id),
    roles jsonb NOT NULL,
    organization_id uuid,
    unit_id uuid,
    profession text,
    weekly_minutes integer CHECK (weekly_minutes > 0),
    state text NOT NULL CHECK (state IN ('active', 'suspended')),
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, user_id),
    UNIQUE (hackathon_id, id),
    CHECK (organization_id IS NULL OR unit_id IS NULL),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id)
);

CREATE TABLE invitations (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    email text NOT NULL,
    email_folded text NOT NULL,
    display_name text,
    roles jsonb NOT NULL,
    organization_id uuid,
    unit_id uuid,
    token_hash text NOT NULL UNIQUE,
    invited_by uuid REFERENCES users (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (id),
    CHECK (organization_id IS NULL OR unit_id IS NULL),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id)
);

CREATE TABLE topics (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    parent_id uuid,
    slug text NOT NULL,
    name jsonb NOT NULL,
    description jsonb,
    keywords jsonb NOT NULL,
    examples jsonb NOT NULL,
    pack text,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, slug),
    UNIQUE (hackathon_id, id),
    CHECK (parent_id <> id),
    FOREIGN KEY (hackathon_id, parent_id) REFERENCES topics (hackathon_id, id)
);

CREATE TABLE responsibilities (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    topic_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('responsible', 'accountable', 'consulted', 'informed')),
    organization_id uuid,
    unit_id uuid,
    member_id uuid,
    team_mentor boolean NOT NULL,
    position integer NOT NULL CHECK (position > 0),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    CHECK (((organization_id IS NOT NULL)::integer + (unit_id IS NOT NULL)::integer + (member_id IS NOT NULL)::integer + (team_mentor)::integer) = 1),
    FOREIGN KEY (hackathon_id, topic_id) REFERENCES topics (hackathon_id, id),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
);

CREATE TABLE matrix_versions (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    cells jsonb NOT NULL,
    published_at timestamptz NOT NULL,
    published_by uuid REFERENCES users (id),
    PRIMARY KEY (hackathon_id, number)
);

CREATE TABLE channels (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    slug text NOT NULL,
    name jsonb,
    organization_id uuid,
    unit_id uuid,
    member_id uuid,
    team_mentor boolean NOT NULL,
    kind text NOT NULL CHECK (kind IN ('chat', 'email', 'meeting', 'phone', 'url', 'in_person')),
    address text NOT NULL,
    timezone text,
    hours jsonb NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, slug),
    UNIQUE (hackathon_id, id),
    CHECK (((organization_id IS NOT NULL)::integer + (unit_id IS NOT NULL)::integer + (member_id IS NOT NULL)::integer + (team_mentor)::integer) = 1),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
);

CREATE TABLE shifts (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    organization_id uuid,
    unit_id uuid,
    member_id uuid,
    team_mentor boolean NOT NULL,
    channel_id uuid,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    replaces boolean NOT NULL,
    on_duty boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    CHECK (starts_at < ends_at),
    CHECK (replaces OR on_duty),
    CHECK (((organization_id IS NOT NULL)::integer + (unit_id IS NOT NULL)::integer + (member_id IS NOT NULL)::integer + (team_mentor)::integer) = 1),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, channel_id) REFERENCES channels (hackathon_id, id)
);

CREATE TABLE teams (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    slug text NOT NULL,
    name jsonb NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, slug),
    UNIQUE (hackathon_id, id)
);

CREATE TABLE team_members (
    hackathon_id uuid NOT NULL,
    team_id uuid NOT NULL,
    member_id uuid NOT NULL,
    function text NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (team_id, member_id),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE
);

CREATE TABLE team_mentors (
    hackathon_id uuid NOT NULL,
    team_id uuid NOT NULL,
    member_id uuid NOT NULL,
    position integer NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (team_id, member_id),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE
);

CREATE TABLE sprints (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    goal jsonb,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, number),
    UNIQUE (hackathon_id, id),
    CHECK (starts_on <= ends_on)
);

CREATE TABLE briefs (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    ambition text NOT NULL CHECK (ambition IN ('exploration', 'poc', 'pilot', 'production')),
    summary jsonb,
    background jsonb,
    scalability jsonb,
    criteria jsonb NOT NULL,
    written_by uuid REFERENCES users (id),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, number),
    UNIQUE (hackathon_id, id)
);

CREATE TABLE acknowledgements (
    hackathon_id uuid NOT NULL,
    brief_id uuid NOT NULL,
    member_id uuid NOT NULL,
    team_id uuid,
    acknowledged_at timestamptz NOT NULL,
    PRIMARY KEY (brief_id, member_id),
    FOREIGN KEY (hackathon_id, brief_id) REFERENCES briefs (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE SET NULL
);
CREATE INDEX sessions_origin ON sessions (origin);
CREATE INDEX sessions_user_id ON sessions (user_id);
CREATE INDEX sessions_ended_at_ended_at_IS_NOT_NULL ON sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX refresh_tokens_session_id ON refresh_tokens (session_id);
CREATE INDEX api_tokens_user_id ON api_tokens (user_id);
CREATE INDEX kept_answers_created_at ON kept_answers (created_at);
CREATE INDEX members_user_id ON members (user_id);
CREATE INDEX members_unit_id_unit_id_IS_NOT_NULL ON members (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX invitations_hackathon_id ON invitations (hackathon_id);
CREATE INDEX topics_parent_id_parent_id_IS_NOT_NULL ON topics (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX responsibilities_topic_id ON responsibilities (topic_id);
CREATE UNIQUE INDEX responsibilities_topic_id_role_accountable ON responsibilities (topic_id) WHERE role = 'accountable';
CREATE UNIQUE INDEX responsibilities_topic_id_role_organization_id_organization_id_IS_NOT_N ON responsibilities (topic_id, role, organization_id) WHERE organization_id IS NOT NULL;
CREATE UNIQUE INDEX responsibilities_topic_id_role_unit_id_unit_id_IS_NOT_NULL ON responsibilities (topic_id, role, unit_id) WHERE unit_id IS NOT NULL;
CREATE UNIQUE INDEX responsibilities_topic_id_role_member_id_member_id_IS_NOT_NULL ON responsibilities (topic_id, role, member_id) WHERE member_id IS NOT NULL;
CREATE UNIQUE INDEX responsibilities_topic_id_role_team_mentor ON responsibilities (topic_id, role) WHERE team_mentor;
CREATE INDEX responsibilities_hackathon_id ON responsibilities (hackathon_id);
CREATE INDEX channels_hackathon_id ON channels (hackathon_id);
CREATE INDEX shifts_hackathon_id ON shifts (hackathon_id);
CREATE INDEX team_members_member_id ON team_members (member_id);
CREATE INDEX team_mentors_member_id ON team_mentors (member_id);

ALTER TABLE hackathon_organizations ADD CONSTRAINT hackathon_organizations_lead FOREIGN KEY (hackathon_id, lead_id) REFERENCES members (hackathon_id, id);
ALTER TABLE units ADD CONSTRAINT units_lead FOREIGN KEY (hackathon_id, lead_id) REFERENCES members (hackathon_id, id);
