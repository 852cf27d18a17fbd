CREATE TABLE debriefs (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    author_id TEXT NOT NULL,
    member_id TEXT,
    team_id TEXT,
    profession TEXT,
    body TEXT NOT NULL,
    themes TEXT NOT NULL CHECK (json_valid(themes)),
    presented TEXT NOT NULL CHECK (json_valid(presented)),
    shared_at TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (((member_id IS NOT NULL) + (team_id IS NOT NULL) + (profession IS NOT NULL)) = 1),
    FOREIGN KEY (hackathon_id, author_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id)
) STRICT;

CREATE TABLE follow_ups (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    team_id TEXT,
    owner_id TEXT NOT NULL,
    ambition TEXT NOT NULL CHECK (ambition IN ('exploration', 'poc', 'pilot', 'production')),
    next_gate TEXT,
    gate_on TEXT,
    begins_on TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    CHECK (gate_on IS NULL OR next_gate IS NOT NULL),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id),
    FOREIGN KEY (hackathon_id, owner_id) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE follow_up_checks (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    follow_up_id TEXT NOT NULL,
    days INTEGER NOT NULL CHECK (days IN (30, 90, 180)),
    outcome TEXT NOT NULL,
    checked_by TEXT NOT NULL REFERENCES users (id),
    checked_at TEXT NOT NULL,
    PRIMARY KEY (follow_up_id, days),
    FOREIGN KEY (hackathon_id, follow_up_id) REFERENCES follow_ups (hackathon_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX debriefs_hackathon_id ON debriefs (hackathon_id);
CREATE INDEX follow_ups_hackathon_id ON follow_ups (hackathon_id);
