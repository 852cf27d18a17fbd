CREATE TABLE decision_numbers (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    last INTEGER NOT NULL CHECK (last > 0),
    PRIMARY KEY (hackathon_id)
) STRICT;

CREATE TABLE decisions (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    team_id TEXT,
    topic_id TEXT,
    sprint_id TEXT,
    title TEXT NOT NULL,
    context TEXT NOT NULL,
    options TEXT NOT NULL CHECK (json_valid(options)),
    outcome TEXT,
    status TEXT NOT NULL CHECK (status IN ('proposed', 'accepted', 'superseded')),
    decided_at TEXT,
    superseded_by TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
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
) STRICT;

CREATE TABLE decision_parties (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    decision_id TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('decided', 'consulted', 'informed')),
    position INTEGER NOT NULL CHECK (position > 0),
    organization_id TEXT,
    unit_id TEXT,
    member_id TEXT,
    team_mentor INTEGER NOT NULL CHECK (team_mentor IN (0, 1)),
    PRIMARY KEY (decision_id, part, position),
    CHECK (((organization_id IS NOT NULL) + (unit_id IS NOT NULL) + (member_id IS NOT NULL) + (team_mentor)) = 1),
    FOREIGN KEY (hackathon_id, decision_id) REFERENCES decisions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, unit_id) REFERENCES units (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE decision_questions (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    decision_id TEXT NOT NULL,
    question_id TEXT NOT NULL,
    PRIMARY KEY (decision_id, question_id),
    FOREIGN KEY (hackathon_id, decision_id) REFERENCES decisions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id)
) STRICT;

CREATE TABLE decision_versions (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    decision_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    changed TEXT NOT NULL CHECK (json_valid(changed)),
    member_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (decision_id, version),
    FOREIGN KEY (hackathon_id, decision_id) REFERENCES decisions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE INDEX decisions_team_id ON decisions (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX decisions_superseded_by ON decisions (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX decision_parties_hackathon_id ON decision_parties (hackathon_id);
CREATE INDEX decision_parties_member_id ON decision_parties (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX decision_questions_question_id ON decision_questions (question_id);
CREATE INDEX decision_versions_hackathon_id ON decision_versions (hackathon_id);
