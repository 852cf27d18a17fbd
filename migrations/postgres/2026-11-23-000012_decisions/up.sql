CREATE TABLE decision_numbers (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    last integer NOT NULL CHECK (last > 0),
    PRIMARY KEY (hackathon_id)
);

CREATE TABLE decisions (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    team_id uuid,
    topic_id uuid,
    sprint_id uuid,
    title text NOT NULL,
    context text NOT NULL,
    options jsonb NOT NULL,
    outcome text,
    status text NOT NULL CHECK (status IN ('proposed', 'accepted', 'superseded')),
    decided_at timestamptz,
    superseded_by uuid,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, number),
    UNIQUE (hackathon_id, id),
    CHECK (status <> 'accepted' OR outcome IS NOT NULL),
    CHECK ((status = 'proposed') = (decided_at IS NULL)),
    CHECK ((status = 'superseded') = (superseded_by IS NOT NULL)),
    CHECK (superseded_by <> id),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id),
    FOREIGN KEY (hackathon_id, topic_id) REFERENCES topics (hackathon_id, id),
    FOREIGN KEY (hackathon_id, sprint_id) REFERENCES sprints (hackathon_id, id),
    FOREIGN KEY (hackathon_id, superseded_by) REFERENCES decisions (hackathon_id, id)
);

CREATE TABLE decision_parties (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    decision_id uuid NOT NULL,
    part text NOT NULL CHECK (part IN ('decided', 'consulted', 'informed')),
    position integer NOT NULL CHECK (position > 0),
    organization_id uuid,
    unit_id uuid,
    member_id uuid,
    team_mentor boolean NOT NULL,
    PRIMARY KEY (decision_id, part, position),
    CHECK (((organization_id IS NOT NULL)::integer + (unit_id IS NOT NULL)::integer + (member_id IS NOT NULL)::integer + (team_mentor)::integer) = 1),
    FOREIGN KEY (hackathon_id, decision_id) REFERENCES decisions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
);

CREATE TABLE decision_questions (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    decision_id uuid NOT NULL,
    question_id uuid NOT NULL,
    PRIMARY KEY (decision_id, question_id),
    FOREIGN KEY (hackathon_id, decision_id) REFERENCES decisions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id)
);

CREATE TABLE decision_versions (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    decision_id uuid NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    changed jsonb NOT NULL,
    member_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (decision_id, version),
    FOREIGN KEY (hackathon_id, decision_id) REFERENCES decisions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
);

CREATE INDEX decisions_team_id ON decisions (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX decisions_superseded_by ON decisions (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX decision_parties_hackathon_id ON decision_parties (hackathon_id);
CREATE INDEX decision_parties_member_id ON decision_parties (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX decision_questions_question_id ON decision_questions (question_id);
CREATE INDEX decision_versions_hackathon_id ON decision_versions (hackathon_id);
