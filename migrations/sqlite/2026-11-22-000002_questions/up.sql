CREATE TABLE question_numbers (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    last INTEGER NOT NULL CHECK (last > 0),
    PRIMARY KEY (hackathon_id)
) STRICT;

CREATE TABLE questions (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    asker_id TEXT NOT NULL,
    team_id TEXT,
    topic_id TEXT,
    title TEXT NOT NULL,
    body TEXT,
    folded TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('hackathon', 'team')),
    state TEXT NOT NULL CHECK (state IN ('open', 'claimed', 'waiting_on_asker', 'answered', 'closed')),
    resolution TEXT CHECK (resolution IN ('answered', 'duplicate', 'withdrawn', 'not_for_us', 'expired')),
    duplicate_of TEXT,
    holder_organization_id TEXT,
    holder_unit_id TEXT,
    holder_member_id TEXT,
    holder_role TEXT CHECK (holder_role IN ('team_mentor', 'organizer')),
    assignee_id TEXT,
    state_since TEXT NOT NULL,
    hops INTEGER NOT NULL CHECK (hops >= 0),
    no_one_on_duty INTEGER NOT NULL CHECK (no_one_on_duty IN (0, 1)),
    answered_at TEXT,
    accepted_id TEXT,
    last_seq INTEGER NOT NULL CHECK (last_seq > 0),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, number),
    UNIQUE (hackathon_id, id),
    CHECK (((holder_organization_id IS NOT NULL) + (holder_unit_id IS NOT NULL) + (holder_member_id IS NOT NULL) + (holder_role IS NOT NULL)) = 1),
    CHECK (visibility <> 'team' OR team_id IS NOT NULL),
    CHECK (holder_role IS NULL OR holder_role <> 'team_mentor' OR team_id IS NOT NULL),
    CHECK (state <> 'open' OR assignee_id IS NULL),
    CHECK (state NOT IN ('claimed', 'waiting_on_asker', 'answered') OR assignee_id IS NOT NULL),
    CHECK (state <> 'answered' OR answered_at IS NOT NULL),
    CHECK ((state = 'closed') = (resolution IS NOT NULL)),
    CHECK ((duplicate_of IS NOT NULL) = (resolution IS NOT NULL AND resolution = 'duplicate')),
    CHECK (duplicate_of <> id),
    FOREIGN KEY (hackathon_id, asker_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id),
    FOREIGN KEY (hackathon_id, topic_id) REFERENCES topics (hackathon_id, id),
    FOREIGN KEY (hackathon_id, holder_organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, holder_unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, holder_member_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, assignee_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, duplicate_of) REFERENCES questions (hackathon_id, id),
    CONSTRAINT questions_accepted FOREIGN KEY (id, accepted_id) REFERENCES question_posts (question_id, id)
) STRICT;

CREATE TABLE question_posts (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('answer', 'comment', 'note')),
    author_id TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (question_id, id),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, author_id) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE question_events (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    kind TEXT NOT NULL,
    actor TEXT NOT NULL CHECK (actor IN ('person', 'system', 'guest')),
    member_id TEXT,
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    created_at TEXT NOT NULL,
    PRIMARY KEY (question_id, seq),
    CHECK ((actor = 'person') = (member_id IS NOT NULL)),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE question_stays (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position > 0),
    holder_organization_id TEXT,
    holder_unit_id TEXT,
    holder_member_id TEXT,
    holder_role TEXT CHECK (holder_role IN ('team_mentor', 'organizer')),
    why TEXT NOT NULL CHECK (why IN ('responsible', 'accountable', 'team_mentor', 'organizer', 'handed_off')),
    reason TEXT,
    began_at TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (question_id, position),
    CHECK (((holder_organization_id IS NOT NULL) + (holder_unit_id IS NOT NULL) + (holder_member_id IS NOT NULL) + (holder_role IS NOT NULL)) = 1),
    CHECK ((why = 'handed_off') = (reason IS NOT NULL)),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, holder_organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, holder_unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, holder_member_id) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE question_handoffs (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    from_organization_id TEXT,
    from_unit_id TEXT,
    from_member_id TEXT,
    from_role TEXT CHECK (from_role IN ('team_mentor', 'organizer')),
    to_organization_id TEXT,
    to_unit_id TEXT,
    to_member_id TEXT,
    to_role TEXT CHECK (to_role IN ('team_mentor', 'organizer')),
    reason TEXT NOT NULL,
    note TEXT,
    state TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'expired', 'withdrawn')),
    offered_by TEXT NOT NULL,
    offered_at TEXT NOT NULL,
    settled_by TEXT,
    settled_at TEXT,
    declined_because TEXT,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    CHECK (((from_organization_id IS NOT NULL) + (from_unit_id IS NOT NULL) + (from_member_id IS NOT NULL) + (from_role IS NOT NULL)) = 1),
    CHECK (((to_organization_id IS NOT NULL) + (to_unit_id IS NOT NULL) + (to_member_id IS NOT NULL) + (to_role IS NOT NULL)) = 1),
    CHECK ((state = 'offered') = (settled_at IS NULL)),
    CHECK ((state = 'declined') = (declined_because IS NOT NULL)),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, from_organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, from_unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, from_member_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, to_organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, to_unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, to_member_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, offered_by) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, settled_by) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE question_followers (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('asked', 'wanted', 'took_part', 'consulted', 'informed', 'merged')),
    created_at TEXT NOT NULL,
    PRIMARY KEY (question_id, member_id),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX questions_hackathon_id_state ON questions (hackathon_id, state);
CREATE INDEX questions_hackathon_id_updated_at ON questions (hackathon_id, updated_at);
CREATE INDEX questions_asker_id ON questions (asker_id);
CREATE INDEX questions_team_id ON questions (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX questions_topic_id ON questions (topic_id) WHERE topic_id IS NOT NULL;
CREATE INDEX questions_assignee_id ON questions (assignee_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX questions_duplicate_of ON questions (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX question_posts_question_id ON question_posts (question_id);
CREATE UNIQUE INDEX question_stays_question_id_now ON question_stays (question_id) WHERE ended_at IS NULL;
CREATE INDEX question_handoffs_question_id ON question_handoffs (question_id);
CREATE UNIQUE INDEX question_handoffs_question_id_offered ON question_handoffs (question_id) WHERE state = 'offered';
CREATE INDEX question_followers_member_id ON question_followers (member_id);
