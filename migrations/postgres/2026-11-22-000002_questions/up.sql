CREATE TABLE question_numbers (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    last integer NOT NULL CHECK (last > 0),
    PRIMARY KEY (hackathon_id)
);

CREATE TABLE questions (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    asker_id uuid NOT NULL,
    team_id uuid,
    topic_id uuid,
    title text NOT NULL,
    body text,
    folded text NOT NULL,
    visibility text NOT NULL CHECK (visibility IN ('hackathon', 'team')),
    state text NOT NULL CHECK (state IN ('open', 'claimed', 'waiting_on_asker', 'answered', 'closed')),
    resolution text CHECK (resolution IN ('answered', 'duplicate', 'withdrawn', 'not_for_us', 'expired')),
    duplicate_of uuid,
    holder_organization_id uuid,
    holder_unit_id uuid,
    holder_member_id uuid,
    holder_role text CHECK (holder_role IN ('team_mentor', 'organizer')),
    assignee_id uuid,
    state_since timestamptz NOT NULL,
    hops integer NOT NULL CHECK (hops >= 0),
    no_one_on_duty boolean NOT NULL,
    answered_at timestamptz,
    accepted_id uuid,
    last_seq integer NOT NULL CHECK (last_seq > 0),
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, number),
    UNIQUE (hackathon_id, id),
    CHECK (((holder_organization_id IS NOT NULL)::integer + (holder_unit_id IS NOT NULL)::integer + (holder_member_id IS NOT NULL)::integer + (holder_role IS NOT NULL)::integer) = 1),
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
    FOREIGN KEY (hackathon_id, duplicate_of) REFERENCES questions (hackathon_id, id)
);

CREATE TABLE question_posts (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('answer', 'comment', 'note')),
    author_id uuid NOT NULL,
    body text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (question_id, id),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, author_id) REFERENCES members (hackathon_id, id)
);

CREATE TABLE question_events (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id uuid NOT NULL,
    seq integer NOT NULL CHECK (seq > 0),
    kind text NOT NULL,
    actor text NOT NULL CHECK (actor IN ('person', 'system', 'guest')),
    member_id uuid,
    facts jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (question_id, seq),
    CHECK ((actor = 'person') = (member_id IS NOT NULL)),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
);

CREATE TABLE question_stays (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id uuid NOT NULL,
    position integer NOT NULL CHECK (position > 0),
    holder_organization_id uuid,
    holder_unit_id uuid,
    holder_member_id uuid,
    holder_role text CHECK (holder_role IN ('team_mentor', 'organizer')),
    why text NOT NULL CHECK (why IN ('responsible', 'accountable', 'team_mentor', 'organizer', 'handed_off')),
    reason text,
    began_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (question_id, position),
    CHECK (((holder_organization_id IS NOT NULL)::integer + (holder_unit_id IS NOT NULL)::integer + (holder_member_id IS NOT NULL)::integer + (holder_role IS NOT NULL)::integer) = 1),
    CHECK ((why = 'handed_off') = (reason IS NOT NULL)),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, holder_organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, holder_unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, holder_member_id) REFERENCES members (hackathon_id, id)
);

CREATE TABLE question_handoffs (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id uuid NOT NULL,
    from_organization_id uuid,
    from_unit_id uuid,
    from_member_id uuid,
    from_role text CHECK (from_role IN ('team_mentor', 'organizer')),
    to_organization_id uuid,
    to_unit_id uuid,
    to_member_id uuid,
    to_role text CHECK (to_role IN ('team_mentor', 'organizer')),
    reason text NOT NULL,
    note text,
    state text NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'expired', 'withdrawn')),
    offered_by uuid NOT NULL,
    offered_at timestamptz NOT NULL,
    settled_by uuid,
    settled_at timestamptz,
    declined_because text,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    CHECK (((from_organization_id IS NOT NULL)::integer + (from_unit_id IS NOT NULL)::integer + (from_member_id IS NOT NULL)::integer + (from_role IS NOT NULL)::integer) = 1),
    CHECK (((to_organization_id IS NOT NULL)::integer + (to_unit_id IS NOT NULL)::integer + (to_member_id IS NOT NULL)::integer + (to_role IS NOT NULL)::integer) = 1),
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
);

CREATE TABLE question_followers (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id uuid NOT NULL,
    member_id uuid NOT NULL,
    reason text NOT NULL CHECK (reason IN ('asked', 'wanted', 'took_part', 'consulted', 'informed', 'merged')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (question_id, member_id),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE
);

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

ALTER TABLE questions ADD CONSTRAINT questions_accepted FOREIGN KEY (id, accepted_id) REFERENCES question_posts (question_id, id);
