//! What is promised to askers, and who is told when it is not kept.

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Times that are promised.
    sla_policies (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Name.
        name -> Json_,
        /// The topic it is about.
        topic_id -> Nullable<Uuid_>,
        /// The organization it is about.
        organization_id -> Nullable<Uuid_>,
        /// The unit it is about.
        unit_id -> Nullable<Uuid_>,
        /// Until somebody claims.
        claim_within_seconds -> Nullable<Integer>,
        /// Until somebody answers.
        first_response_within_seconds -> Nullable<Integer>,
        /// Until it is closed.
        resolve_within_seconds -> Nullable<Integer>,
        /// Until a hand-off expires.
        accept_within_seconds -> Nullable<Integer>,
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

    /// Who is told when something has not happened.
    escalation_policies (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Name.
        name -> Json_,
        /// What must not have happened; `trigger` is a word of SQL.
        trigger_word -> Text,
        /// The topic it is about.
        topic_id -> Nullable<Uuid_>,
        /// The organization it is about.
        organization_id -> Nullable<Uuid_>,
        /// The unit it is about.
        unit_id -> Nullable<Uuid_>,
        /// How often the steps are gone through again.
        repeats -> Integer,
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

    /// The steps of escalation policies.
    escalation_steps (policy_id, position) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Policy id.
        policy_id -> Uuid_,
        /// From 1.
        position -> Integer,
        /// Since the wait began.
        after_seconds -> Integer,
        /// Who is told.
        tell -> Text,
        /// The organization that is told.
        organization_id -> Nullable<Uuid_>,
        /// The unit that is told.
        unit_id -> Nullable<Uuid_>,
        /// The member who is told.
        member_id -> Nullable<Uuid_>,
    }
}
