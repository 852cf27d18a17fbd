CREATE TABLE sla_policies (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (json_valid(name)),
    topic_id TEXT,
    organization_id TEXT,
    unit_id TEXT,
    claim_within_seconds INTEGER CHECK (claim_within_seconds > 0),
    first_response_within_seconds INTEGER CHECK (first_response_within_seconds > 0),
    resolve_within_seconds INTEGER CHECK (resolve_within_seconds > 0),
    accept_within_seconds INTEGER CHECK (accept_within_seconds > 0),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    CHECK (((topic_id IS NOT NULL) + (organization_id IS NOT NULL) + (unit_id IS NOT NULL)) <= 1),
    FOREIGN KEY (hackathon_id, topic_id) REFERENCES topics (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE escalation_policies (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (json_valid(name)),
    trigger_word TEXT NOT NULL CHECK (trigger_word IN ('unclaimed', 'unanswered', 'handoff_unanswered')),
    topic_id TEXT,
    organization_id TEXT,
    unit_id TEXT,
    repeats INTEGER NOT NULL CHECK (repeats >= 0),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    CHECK (((topic_id IS NOT NULL) + (organization_id IS NOT NULL) + (unit_id IS NOT NULL)) <= 1),
    FOREIGN KEY (hackathon_id, topic_id) REFERENCES topics (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE escalation_steps (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    policy_id TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position > 0),
    after_seconds INTEGER NOT NULL CHECK (after_seconds > 0),
    tell TEXT NOT NULL CHECK (tell IN ('holder_lead', 'accountable', 'team_mentors', 'organizers', 'holder')),
    organization_id TEXT,
    unit_id TEXT,
    member_id TEXT,
    PRIMARY KEY (policy_id, position),
    CHECK (((organization_id IS NOT NULL) + (unit_id IS NOT NULL) + (member_id IS NOT NULL)) = (tell = 'holder')),
    FOREIGN KEY (hackathon_id, policy_id) REFERENCES escalation_policies (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
) STRICT;

ALTER TABLE questions ADD COLUMN due_at TEXT;
ALTER TABLE questions ADD COLUMN due_for TEXT CHECK (due_for IN ('claim', 'first_response', 'resolve')) CHECK ((due_for IS NULL) = (due_at IS NULL));
ALTER TABLE questions ADD COLUMN wake_at TEXT CHECK (state <> 'closed' OR wake_at IS NULL);
ALTER TABLE questions ADD COLUMN wound_version INTEGER NOT NULL DEFAULT 0;

UPDATE questions SET wake_at = created_at WHERE state <> 'closed';

CREATE UNIQUE INDEX sla_policies_whole ON sla_policies (hackathon_id) WHERE topic_id IS NULL AND organization_id IS NULL AND unit_id IS NULL;
CREATE UNIQUE INDEX sla_policies_topic ON sla_policies (topic_id) WHERE topic_id IS NOT NULL;
CREATE UNIQUE INDEX sla_policies_organization ON sla_policies (hackathon_id, organization_id) WHERE organization_id IS NOT NULL;
CREATE UNIQUE INDEX sla_policies_unit ON sla_policies (unit_id) WHERE unit_id IS NOT NULL;
CREATE UNIQUE INDEX escalation_policies_whole ON escalation_policies (hackathon_id, trigger_word) WHERE topic_id IS NULL AND organization_id IS NULL AND unit_id IS NULL;
CREATE UNIQUE INDEX escalation_policies_topic ON escalation_policies (topic_id, trigger_word) WHERE topic_id IS NOT NULL;
CREATE UNIQUE INDEX escalation_policies_organization ON escalation_policies (hackathon_id, organization_id, trigger_word) WHERE organization_id IS NOT NULL;
CREATE UNIQUE INDEX escalation_policies_unit ON escalation_policies (unit_id, trigger_word) WHERE unit_id IS NOT NULL;
CREATE INDEX questions_wake_at ON questions (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX questions_hackathon_id_due_at ON questions (hackathon_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX questions_hackathon_id_wound_version ON questions (hackathon_id, wound_version) WHERE wake_at IS NOT NULL;
