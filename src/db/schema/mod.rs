//! The tables, written by hand; a test holds them against the catalogues of both databases.

mod account;
mod event;
mod matrix;

pub use account::*;
pub use event::*;
pub use matrix::*;

diesel::allow_tables_to_appear_in_same_query!(
    users,
    sessions,
    refresh_tokens,
    api_tokens,
    signing_keys,
    throttles,
    setup_links,
    kept_answers,
    organizations,
    hackathons,
    hackathon_organizations,
    units,
    members,
    invitations,
    topics,
    responsibilities,
    matrix_versions,
    channels,
    shifts,
    teams,
    team_members,
    team_mentors,
    sprints,
    briefs,
    acknowledgements
);
