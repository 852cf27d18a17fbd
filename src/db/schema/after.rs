//! After the event: what was learnt, and what continues.

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What was learnt, by whom and about whom.
    debriefs (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Author id.
        author_id -> Uuid_,
        /// About whom it is: a person,
        member_id -> Nullable<Uuid_>,
        /// The team.
        team_id -> Nullable<Uuid_>,
        /// A profession.
        profession -> Nullable<Text>,
        /// Body.
        body -> Text,
        /// A list of words.
        themes -> Json_,
        /// A list of {occasion, on}.
        presented -> Json_,
        /// Since when others read it; none: it is the author's own.
        shared_at -> Nullable<Instant_>,
        /// Version.
        version -> BigInt,
        /// Created at.
        created_at -> Instant_,
        /// Updated at.
        updated_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What continues after the event.
    follow_ups (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Title.
        title -> Text,
        /// The team.
        team_id -> Nullable<Uuid_>,
        /// Who sees to it.
        owner_id -> Uuid_,
        /// Ambition.
        ambition -> Text,
        /// What is decided next.
        next_gate -> Nullable<Text>,
        /// When.
        gate_on -> Nullable<Date>,
        /// From which day the checks are counted.
        begins_on -> Date,
        /// Version.
        version -> BigInt,
        /// Created at.
        created_at -> Instant_,
        /// Updated at.
        updated_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What was found when it was looked at again.
    follow_up_checks (follow_up_id, days) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Follow up id.
        follow_up_id -> Uuid_,
        /// After how many days: 30, 90 or 180.
        days -> Integer,
        /// Outcome.
        outcome -> Text,
        /// The user.
        checked_by -> Uuid_,
        /// Checked at.
        checked_at -> Instant_,
    }
}
