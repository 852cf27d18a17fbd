//! Hackathons and who is in them.

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Organizations, known across hackathons.
    organizations (id) {
        /// Id.
        id -> Uuid_,
        /// Slug.
        slug -> Text,
        /// Name.
        name -> Json_,
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

    /// Events.
    hackathons (id) {
        /// Id.
        id -> Uuid_,
        /// Slug.
        slug -> Text,
        /// Name.
        name -> Json_,
        /// Timezone.
        timezone -> Text,
        /// Starts on.
        starts_on -> Date,
        /// Ends on.
        ends_on -> Date,
        /// Weekly hours as text; null: Monday to Friday, 09:00 to 17:00.
        working_hours -> Json_,
        /// Dates without working hours.
        holidays -> Json_,
        /// When an organizer ended it.
        ended_at -> Nullable<Instant_>,
        /// Grows with every change of who is asked for what.
        directory_version -> BigInt,
        /// Grows with every change of the draft of the matrix.
        draft_version -> BigInt,
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

    /// The consortium.
    hackathon_organizations (hackathon_id, organization_id) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Organization id.
        organization_id -> Uuid_,
        /// Its name in this event.
        name -> Json_,
        /// Function.
        function -> Text,
        /// The member who speaks for it.
        lead_id -> Nullable<Uuid_>,
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

    /// Divisions of organizations.
    units (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Organization id.
        organization_id -> Uuid_,
        /// Slug.
        slug -> Text,
        /// Name.
        name -> Json_,
        /// Lead id.
        lead_id -> Nullable<Uuid_>,
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

    /// Users in hackathons.
    members (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// User id.
        user_id -> Uuid_,
        /// A list of roles, at least one.
        roles -> Json_,
        /// Affiliation: an organization, or
        organization_id -> Nullable<Uuid_>,
        /// a unit of one.
        unit_id -> Nullable<Uuid_>,
        /// Profession.
        profession -> Nullable<Text>,
        /// Time offered a week.
        weekly_minutes -> Nullable<Integer>,
        /// State.
        state -> Text,
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

    /// Invitations by email, until they are accepted, revoked or expire.
    invitations (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// As it was written.
        email -> Text,
        /// What is compared.
        email_folded -> Text,
        /// How the invited person is called until they say it themselves.
        display_name -> Nullable<Text>,
        /// Roles.
        roles -> Json_,
        /// Organization id.
        organization_id -> Nullable<Uuid_>,
        /// Unit id.
        unit_id -> Nullable<Uuid_>,
        /// Token hash.
        token_hash -> Text,
        /// Invited by.
        invited_by -> Nullable<Uuid_>,
        /// Created at.
        created_at -> Instant_,
        /// Expires at.
        expires_at -> Instant_,
        /// Accepted at.
        accepted_at -> Nullable<Instant_>,
        /// Revoked at.
        revoked_at -> Nullable<Instant_>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Participants who build together.
    teams (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Slug.
        slug -> Text,
        /// Name.
        name -> Json_,
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

    /// Who builds in which team.
    team_members (team_id, member_id) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Team id.
        team_id -> Uuid_,
        /// Member id.
        member_id -> Uuid_,
        /// leader, developer, ...
        function -> Text,
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

    /// Who mentors which team.
    team_mentors (team_id, member_id) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Team id.
        team_id -> Uuid_,
        /// Member id.
        member_id -> Uuid_,
        /// Position.
        position -> Integer,
        /// Created at.
        created_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Dated stages.
    sprints (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Number.
        number -> Integer,
        /// Starts on.
        starts_on -> Date,
        /// Ends on.
        ends_on -> Date,
        /// Goal.
        goal -> Nullable<Json_>,
        /// Version.
        version -> BigInt,
        /// Created at.
        created_at -> Instant_,
        /// Updated at.
        updated_at -> Instant_,
        /// When an organizer closed it.
        closed_at -> Nullable<Instant_>,
        /// What it brought.
        summary -> Nullable<Json_>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What the sponsor wants, a row a version.
    briefs (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Number.
        number -> Integer,
        /// Ambition.
        ambition -> Text,
        /// Summary.
        summary -> Nullable<Json_>,
        /// Background.
        background -> Nullable<Json_>,
        /// Scalability.
        scalability -> Nullable<Json_>,
        /// A list of {name, weight}.
        criteria -> Json_,
        /// Written by.
        written_by -> Nullable<Uuid_>,
        /// Created at.
        created_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Who has read which version of the brief.
    acknowledgements (brief_id, member_id) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Brief id.
        brief_id -> Uuid_,
        /// Member id.
        member_id -> Uuid_,
        /// The team for which it was said.
        team_id -> Nullable<Uuid_>,
        /// Acknowledged at.
        acknowledged_at -> Instant_,
    }
}
