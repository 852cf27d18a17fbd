CREATE TABLE absences (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    member_id TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    reason TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (starts_on <= ends_on),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX absences_hackathon_id ON absences (hackathon_id);
CREATE INDEX absences_member_id ON absences (member_id);
