//! What one can ask about, who is asked, and where they are reached.

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What one can ask about.
    topics (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Parent id.
        parent_id -> Nullable<Uuid_>,
        /// Slug.
        slug -> Text,
        /// Name.
        name -> Json_,
        /// Description.
        description -> Nullable<Json_>,
        /// {"en": [], "ko": []}
        keywords -> Json_,
        /// Example questions, {"en": [], "ko": []}
        examples -> Json_,
        /// The starter pack it was made from.
        pack -> Nullable<Text>,
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

    /// The draft of the matrix, a row a cell.
    responsibilities (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Topic id.
        topic_id -> Uuid_,
        /// Role.
        role -> Text,
        /// Organization id.
        organization_id -> Nullable<Uuid_>,
        /// Unit id.
        unit_id -> Nullable<Uuid_>,
        /// Member id.
        member_id -> Nullable<Uuid_>,
        /// The mentors of the asker's own team hold it.
        team_mentor -> Bool,
        /// The place among the holders of this role in this topic, from 1: who is asked first.
        position -> Integer,
        /// Created at.
        created_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Publications of the matrix, never changed.
    matrix_versions (hackathon_id, number) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Number.
        number -> Integer,
        /// The published cells, with the slugs and names of that day.
        cells -> Json_,
        /// Published at.
        published_at -> Instant_,
        /// Published by.
        published_by -> Nullable<Uuid_>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Where holders are reached.
    channels (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Slug.
        slug -> Text,
        /// Name.
        name -> Nullable<Json_>,
        /// Organization id.
        organization_id -> Nullable<Uuid_>,
        /// Unit id.
        unit_id -> Nullable<Uuid_>,
        /// Member id.
        member_id -> Nullable<Uuid_>,
        /// Team mentor.
        team_mentor -> Bool,
        /// Kind.
        kind -> Text,
        /// Address.
        address -> Text,
        /// Its own zone, where it differs from the event's.
        timezone -> Nullable<Text>,
        /// Weekly hours as text; empty: always reachable.
        hours -> Json_,
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

    /// Duty beyond the weekly hours, and what replaces them.
    shifts (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Organization id.
        organization_id -> Nullable<Uuid_>,
        /// Unit id.
        unit_id -> Nullable<Uuid_>,
        /// Member id.
        member_id -> Nullable<Uuid_>,
        /// Team mentor.
        team_mentor -> Bool,
        /// Only this channel; none: all of the holder's.
        channel_id -> Nullable<Uuid_>,
        /// Starts at.
        starts_at -> Instant_,
        /// Ends at.
        ends_at -> Instant_,
        /// An override: it replaces the weekly hours in its time.
        replaces -> Bool,
        /// For an override: whether somebody is on duty in it.
        on_duty -> Bool,
        /// Version.
        version -> BigInt,
        /// Created at.
        created_at -> Instant_,
        /// Updated at.
        updated_at -> Instant_,
    }
}
