//! The tables, written by hand; a test holds them against the catalogues of both databases.

mod account;
mod after;
mod event;
mod hook;
mod lesson;
mod judging;
mod matrix;
mod organizing;
mod policy;
mod question;
mod telling;

pub use account::*;
pub use after::*;
pub use event::*;
pub use hook::*;
pub use judging::*;
pub use lesson::*;
pub use matrix::*;
pub use organizing::*;
pub use policy::*;
pub use question::*;
pub use telling::*;

diesel::allow_tables_to_appear_in_same_query!(
    users,
    sessions,
    refresh_tokens,
    api_tokens,
    signing_keys,
    throttles,
    setup_links,
    password_links,
    kept_answers,
    organizations,
    hackathons,
    hackathon_organizations,
    units,
    members,
    invitations,
    topics,
    lessons,
    responsibilities,
    matrix_versions,
    channels,
    shifts,
    teams,
    team_members,
    team_mentors,
    sprints,
    briefs,
    acknowledgements,
    question_numbers,
    questions,
    question_posts,
    question_events,
    question_stays,
    question_handoffs,
    question_followers,
    question_guests,
    sla_policies,
    escalation_policies,
    escalation_steps,
    outbox_ends,
    outbox,
    outbox_readers,
    notification_preferences,
    mails,
    notifications,
    judgings,
    criteria,
    submissions,
    conflicts,
    scores,
    score_points,
    awards,
    judging_changes,
    scope_changes,
    check_ins,
    check_in_blockers,
    check_in_versions,
    absences,
    decision_numbers,
    decisions,
    decision_parties,
    decision_questions,
    decision_versions,
    reminders,
    debriefs,
    follow_ups,
    follow_up_checks,
    webhooks,
    webhook_deliveries
);

diesel::joinable!(api_tokens -> users (user_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(members -> users (user_id));
diesel::joinable!(members -> hackathons (hackathon_id));
diesel::joinable!(hackathon_organizations -> organizations (organization_id));
diesel::joinable!(hackathon_organizations -> hackathons (hackathon_id));
diesel::joinable!(team_members -> teams (team_id));
diesel::joinable!(team_members -> members (member_id));
diesel::joinable!(team_mentors -> teams (team_id));
diesel::joinable!(team_mentors -> members (member_id));
diesel::joinable!(acknowledgements -> briefs (brief_id));
diesel::joinable!(acknowledgements -> members (member_id));
diesel::joinable!(question_posts -> questions (question_id));
diesel::joinable!(question_events -> questions (question_id));
diesel::joinable!(question_stays -> questions (question_id));
diesel::joinable!(question_handoffs -> questions (question_id));
diesel::joinable!(question_followers -> questions (question_id));
diesel::joinable!(notifications -> members (member_id));
diesel::joinable!(score_points -> scores (score_id));
diesel::joinable!(submissions -> teams (team_id));
diesel::joinable!(judging_changes -> users (changed_by));
diesel::joinable!(check_ins -> teams (team_id));
diesel::joinable!(check_ins -> sprints (sprint_id));
diesel::joinable!(webhook_deliveries -> webhooks (webhook_id));
diesel::joinable!(check_in_versions -> check_ins (check_in_id));
