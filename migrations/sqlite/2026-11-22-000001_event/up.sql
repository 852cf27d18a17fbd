CREATE TABLE users (
    id TEXT NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    phone TEXT,
    locale TEXT NOT NULL CHECK (locale IN ('en', 'ko')),
    admin INTEGER NOT NULL CHECK (admin IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
    password_hash TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE sessions (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT,
    agent TEXT,
    origin TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE refresh_tokens (
    id TEXT NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    hash TEXT NOT NULL UNIQUE,
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    successor_id TEXT,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE api_tokens (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL CHECK (json_valid(scopes)),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE signing_keys (
    kid TEXT NOT NULL,
    private_key TEXT NOT NULL,
    public_key TEXT NOT NULL,
    created_at TEXT NOT NULL,
    signs_until TEXT NOT NULL,
    checks_until TEXT NOT NULL,
    PRIMARY KEY (kid)
) STRICT;

CREATE TABLE throttles (
    subject TEXT NOT NULL,
    failures INTEGER NOT NULL CHECK (failures > 0),
    last_at TEXT NOT NULL,
    PRIMARY KEY (subject)
) STRICT;

CREATE TABLE setup_links (
    hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (hash)
) STRICT;

CREATE TABLE kept_answers (
    owner TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL CHECK (json_valid(headers)),
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (owner, idempotency_key)
) STRICT;

CREATE TABLE organizations (
    id TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (json_valid(name)),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE hackathons (
    id TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (json_valid(name)),
    timezone TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    working_hours TEXT NOT NULL CHECK (json_valid(working_hours)),
    holidays TEXT NOT NULL CHECK (json_valid(holidays)),
    ended_at TEXT,
    directory_version INTEGER NOT NULL,
    draft_version INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (starts_on <= ends_on)
) STRICT;

CREATE TABLE hackathon_organizations (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL CHECK (json_valid(name)),
    function TEXT NOT NULL CHECK (function IN ('host', 'sponsor', 'platform_vendor', 'event_planner', 'delivery_partner')),
    lead_id TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (hackathon_id, organization_id),
    CONSTRAINT hackathon_organizations_lead FOREIGN KEY (hackathon_id, lead_id) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE units (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    organization_id TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL CHECK (json_valid(name)),
    lead_id TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, slug),
    UNIQUE (hackathon_id, id),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    CONSTRAINT units_lead FOREIGN KEY (hackathon_id, lead_id) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE members (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id),
    roles TEXT NOT NULL CHECK (json_valid(roles)),
    organization_id TEXT,
    unit_id TEXT,
    profession TEXT,
    weekly_minutes INTEGER CHECK (weekly_minutes > 0),
    state TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, user_id),
    UNIQUE (hackathon_id, id),
    CHECK (organization_id IS NULL OR unit_id IS NULL),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id)
) STRICT;

CREATE TABLE invitations (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    display_name TEXT,
    roles TEXT NOT NULL CHECK (json_valid(roles)),
    organization_id TEXT,
    unit_id TEXT,
    token_hash TEXT NOT NULL UNIQUE,
    invited_by TEXT REFERENCES users (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    accepted_at TEXT,
    revoked_at TEXT,
    PRIMARY KEY (id),
    CHECK (organization_id IS NULL OR unit_id IS NULL),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id)
) STRICT;

CREATE TABLE topics (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    parent_id TEXT,
    slug TEXT NOT NULL,
    name TEXT NOT NULL CHECK (json_valid(name)),
    description TEXT CHECK (json_valid(description)),
    keywords TEXT NOT NULL CHECK (json_valid(keywords)),
    examples TEXT NOT NULL CHECK (json_valid(examples)),
    pack TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, slug),
    UNIQUE (hackathon_id, id),
    CHECK (parent_id <> id),
    FOREIGN KEY (hackathon_id, parent_id) REFERENCES topics (hackathon_id, id)
) STRICT;

CREATE TABLE responsibilities (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    topic_id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('responsible', 'accountable', 'consulted', 'informed')),
    organization_id TEXT,
    unit_id TEXT,
    member_id TEXT,
    team_mentor INTEGER NOT NULL CHECK (team_mentor IN (0, 1)),
    position INTEGER NOT NULL CHECK (position > 0),
    created_at TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (((organization_id IS NOT NULL) + (unit_id IS NOT NULL) + (member_id IS NOT NULL) + (team_mentor)) = 1),
    FOREIGN KEY (hackathon_id, topic_id) REFERENCES topics (hackathon_id, id),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE matrix_versions (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    cells TEXT NOT NULL CHECK (json_valid(cells)),
    published_at TEXT NOT NULL,
    published_by TEXT REFERENCES users (id),
    PRIMARY KEY (hackathon_id, number)
) STRICT;

CREATE TABLE channels (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    name TEXT CHECK (json_valid(name)),
    organization_id TEXT,
    unit_id TEXT,
    member_id TEXT,
    team_mentor INTEGER NOT NULL CHECK (team_mentor IN (0, 1)),
    kind TEXT NOT NULL CHECK (kind IN ('chat', 'email', 'meeting', 'phone', 'url', 'in_person')),
    address TEXT NOT NULL,
    timezone TEXT,
    hours TEXT NOT NULL CHECK (json_valid(hours)),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, slug),
    UNIQUE (hackathon_id, id),
    CHECK (((organization_id IS NOT NULL) + (unit_id IS NOT NULL) + (member_id IS NOT NULL) + (team_mentor)) = 1),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE shifts (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    organization_id TEXT,
    unit_id TEXT,
    member_id TEXT,
    team_mentor INTEGER NOT NULL CHECK (team_mentor IN (0, 1)),
    channel_id TEXT,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    replaces INTEGER NOT NULL CHECK (replaces IN (0, 1)),
    on_duty INTEGER NOT NULL CHECK (on_duty IN (0, 1)),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (starts_at < ends_at),
    CHECK (replaces OR on_duty),
    CHECK (((organization_id IS NOT NULL) + (unit_id IS NOT NULL) + (member_id IS NOT NULL) + (team_mentor)) = 1),
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, channel_id) REFERENCES channels (hackathon_id, id)
) STRICT;

CREATE TABLE teams (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    name TEXT NOT NULL CHECK (json_valid(name)),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, slug),
    UNIQUE (hackathon_id, id)
) STRICT;

CREATE TABLE team_members (
    hackathon_id TEXT NOT NULL,
    team_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    function TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (team_id, member_id),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE team_mentors (
    hackathon_id TEXT NOT NULL,
    team_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (team_id, member_id),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE sprints (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    goal TEXT CHECK (json_valid(goal)),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, number),
    UNIQUE (hackathon_id, id),
    CHECK (starts_on <= ends_on)
) STRICT;

CREATE TABLE briefs (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    ambition TEXT NOT NULL CHECK (ambition IN ('exploration', 'poc', 'pilot', 'production')),
    summary TEXT CHECK (json_valid(summary)),
    background TEXT CHECK (json_valid(background)),
    scalability TEXT CHECK (json_valid(scalability)),
    criteria TEXT NOT NULL CHECK (json_valid(criteria)),
    written_by TEXT REFERENCES users (id),
    created_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, number),
    UNIQUE (hackathon_id, id)
) STRICT;

CREATE TABLE acknowledgements (
    hackathon_id TEXT NOT NULL,
    brief_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    team_id TEXT,
    acknowledged_at TEXT NOT NULL,
    PRIMARY KEY (brief_id, member_id),
    FOREIGN KEY (hackathon_id, brief_id) REFERENCES briefs (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE SET NULL
) STRICT;
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
