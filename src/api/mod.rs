//! Floor 5, a face: JSON over HTTP. It parses, asks a concept, and writes; it decides nothing.

pub mod absence;
pub mod answer;
pub mod archive;
pub mod auth;
pub mod board;
pub mod body;
pub mod brief;
pub mod capacity;
pub mod check_in;
pub mod consortium;
pub mod decision;
pub mod events;
pub mod guest;
pub mod hackathon;
pub mod invitation;
pub mod member;
pub mod meta;
pub mod me;
pub mod notification;
pub mod organization;
pub mod problem;
pub mod roster;
pub mod scope;
pub mod seen;
pub mod shell;
pub mod sprint;
pub mod team;
pub mod transfer;
pub mod unit;
pub mod user;
pub mod who;

pub mod channel;
pub mod lesson;
pub mod form;
pub mod matrix;
pub mod pack;
pub mod reader;
pub mod escalation_policy;
pub mod responsibility;
pub mod shift;
pub mod sla_policy;
pub mod topic;

pub mod question;
pub mod report;
pub mod judging;
pub mod people;
pub mod debrief;
pub mod follow_up;
pub mod webhook;

use actix_web::web;

pub use crate::access::{Client, Site};
pub use answer::Answered;
pub use body::{Body, Empty, MaybeBody, Paging, Query};

/// Paths with their methods: groups them so that a wrong method is answered 405, and yields the list that tests walk.
macro_rules! paths {
    ($($path:literal { $($method:ident => $handler:path),+ $(,)? })*) => {
        /// Every operation: path and method.
        pub const PATHS: &[(&str, &str)] = &[$($(($path, stringify!($method))),+),*];

        /// Adds the paths to an app.
        pub fn configure(app: &mut web::ServiceConfig) {
            $(app.service(web::resource($path)$(.route(route(stringify!($method)).to($handler)))+);)*
        }
    };
}

fn route(method: &str) -> actix_web::Route {
    use actix_web::guard;
    match method {
        // Whoever may GET may ask for the headers alone.
        "get" => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
        "post" => web::post(),
        "put" => web::put(),
        "patch" => web::patch(),
        _ => web::delete(),
    }
}

paths! {
    // Paths are tried in this order, and this one is asked most.
    "/v1/hackathons/{hackathon}/who-to-ask" { get => who::who_to_ask }
    "/livez" { get => meta::live }
    "/readyz" { get => meta::ready }
    "/metrics" { get => meta::metrics }
    "/openapi.yaml" { get => meta::openapi }
    "/schemas/hackathon.json" { get => meta::hackathon_schema }
    "/problems/{problem}" { get => meta::problem }
    "/.well-known/jwks.json" { get => auth::jwks }
    "/v1/auth/login" { post => auth::login }
    "/v1/auth/refresh" { post => auth::refresh }
    "/v1/auth/logout" { post => auth::logout }
    "/v1/me" { get => me::show, patch => me::change }
    "/v1/me/password" { post => me::password }
    "/v1/me/sessions" { get => me::sessions }
    "/v1/me/sessions/{session}" { delete => me::end_session }
    "/v1/me/notifications" { get => notification::list }
    "/v1/me/notifications/read" { post => notification::read }
    "/v1/me/notifications/preferences" { get => notification::preferences, patch => notification::prefer }
    "/v1/me/tokens" { get => me::tokens, post => me::make_token }
    "/v1/me/tokens/{token}" { delete => me::end_token }
    "/v1/users" { get => user::list, post => user::create }
    "/v1/users/{user}" { get => user::show, patch => user::change }

    "/v1/organizations" { get => organization::list, post => organization::create }
    "/v1/organizations/{organization}" { get => organization::show, patch => organization::change }
    "/v1/hackathons" { get => hackathon::list, post => hackathon::create }
    "/v1/hackathons/import" { post => transfer::import }
    "/v1/hackathons/{hackathon}/export" { get => transfer::export }
    "/v1/hackathons/{hackathon}/archive" { get => archive::take }
    "/v1/hackathons/{hackathon}" { get => hackathon::show, patch => hackathon::change, delete => hackathon::delete }
    "/v1/hackathons/{hackathon}/who-to-ask.ics" { get => who::calendar }
    "/v1/hackathons/{hackathon}/topics/{topic}/who" { get => who::of_topic }
    "/v1/hackathons/{hackathon}/units" { get => unit::list, post => unit::create }
    "/v1/hackathons/{hackathon}/units/{unit}" { get => unit::show, patch => unit::change, delete => unit::remove }

    "/v1/hackathons/{hackathon}/organizations" { get => consortium::list, post => consortium::create }
    "/v1/hackathons/{hackathon}/organizations/{organization}" { get => consortium::show, patch => consortium::change, delete => consortium::remove }
    "/v1/hackathons/{hackathon}/members" { get => member::list, post => member::create }
    "/v1/hackathons/{hackathon}/members/{member}" { get => member::show, patch => member::change, delete => member::remove }
    "/v1/hackathons/{hackathon}/invitations" { get => invitation::list, post => invitation::create }
    "/v1/hackathons/{hackathon}/invitations/{invitation}" { get => invitation::show, delete => invitation::revoke }
    "/v1/invitations/accept" { post => invitation::accept }
    "/v1/hackathons/{hackathon}/teams" { get => team::list, post => team::create }
    "/v1/hackathons/{hackathon}/teams/{team}" { get => team::show, patch => team::change, delete => team::remove }
    "/v1/hackathons/{hackathon}/teams/{team}/members" { get => roster::members, post => roster::add_member }
    "/v1/hackathons/{hackathon}/teams/{team}/members/{member}" { get => roster::show_member, patch => roster::change_member, delete => roster::remove_member }
    "/v1/hackathons/{hackathon}/teams/{team}/mentors" { get => roster::mentors, post => roster::add_mentor }
    "/v1/hackathons/{hackathon}/teams/{team}/mentors/{member}" { get => roster::show_mentor, delete => roster::remove_mentor }
    "/v1/hackathons/{hackathon}/sprints" { get => sprint::list, post => sprint::create }
    "/v1/hackathons/{hackathon}/sprints/board" { get => board::show }
    "/v1/hackathons/{hackathon}/sprints/burn-up" { get => board::burn_up }
    "/v1/hackathons/{hackathon}/sprints/{sprint}/close" { post => sprint::close }
    "/v1/hackathons/{hackathon}/sprints/{sprint}/scope-changes" { get => scope::list, post => scope::create }
    "/v1/hackathons/{hackathon}/sprints/{sprint}/check-ins" { get => check_in::list, post => check_in::create }
    "/v1/hackathons/{hackathon}/sprints/{sprint}/check-ins/{check_in}" { get => check_in::show, patch => check_in::change }
    "/v1/hackathons/{hackathon}/members/{member}/absences" { get => absence::list, post => absence::create }
    "/v1/hackathons/{hackathon}/members/{member}/absences/{absence}" { get => absence::show, patch => absence::change, delete => absence::delete }
    "/v1/hackathons/{hackathon}/sprints/{sprint}" { get => sprint::show, patch => sprint::change, delete => sprint::remove }
    "/v1/hackathons/{hackathon}/brief" { get => brief::show, put => brief::write }
    "/v1/hackathons/{hackathon}/brief/versions" { get => brief::versions }
    "/v1/hackathons/{hackathon}/brief/versions/{a}/diff/{b}" { get => brief::compare }
    "/v1/hackathons/{hackathon}/brief/acknowledgements/missing" { get => brief::missing }
    "/v1/hackathons/{hackathon}/capacity" { get => capacity::show }
    "/v1/hackathons/{hackathon}/decisions" { get => decision::list, post => decision::create }
    "/v1/hackathons/{hackathon}/decisions/{decision}" { get => decision::show, patch => decision::change }
    "/v1/hackathons/{hackathon}/decisions/{decision}/history" { get => decision::history }
    "/v1/hackathons/{hackathon}/brief/acknowledgements" { get => brief::readers, post => brief::acknowledge }

    "/v1/hackathons/{hackathon}/topics" { get => topic::list, post => topic::create }
    "/v1/hackathons/{hackathon}/topics/{topic}" { get => topic::show, patch => topic::change, delete => topic::delete }
    "/v1/hackathons/{hackathon}/lessons" { get => lesson::list }
    "/v1/hackathons/{hackathon}/lessons/{lesson}" { get => lesson::show, patch => lesson::change }
    "/v1/packs" { get => pack::list }
    "/v1/hackathons/{hackathon}/channels" { get => channel::list, post => channel::create }
    "/v1/hackathons/{hackathon}/channels/{channel}" { get => channel::show, patch => channel::change, delete => channel::delete }
    "/v1/hackathons/{hackathon}/shifts" { get => shift::list, post => shift::create }
    "/v1/hackathons/{hackathon}/shifts/{shift}" { get => shift::show, patch => shift::change, delete => shift::delete }
    "/v1/hackathons/{hackathon}/responsibilities" { get => responsibility::list, post => responsibility::create }
    "/v1/hackathons/{hackathon}/responsibilities/{responsibility}" { get => responsibility::show, delete => responsibility::delete }
    "/v1/hackathons/{hackathon}/matrix" { get => matrix::show }
    "/v1/hackathons/{hackathon}/matrix/findings" { get => matrix::findings }
    "/v1/hackathons/{hackathon}/matrix/difference" { get => matrix::beside }
    "/v1/hackathons/{hackathon}/matrix/publish" { post => matrix::publish }
    "/v1/hackathons/{hackathon}/matrix/versions" { get => matrix::list }
    "/v1/hackathons/{hackathon}/matrix/versions/{a}/diff/{b}" { get => matrix::compare }

    "/v1/hackathons/{hackathon}/sla-policies" { get => sla_policy::list, post => sla_policy::create }
    "/v1/hackathons/{hackathon}/sla-policies/{sla_policy}" { get => sla_policy::show, patch => sla_policy::change, delete => sla_policy::delete }
    "/v1/hackathons/{hackathon}/escalation-policies" { get => escalation_policy::list, post => escalation_policy::create }
    "/v1/hackathons/{hackathon}/escalation-policies/{escalation_policy}" { get => escalation_policy::show, patch => escalation_policy::change, delete => escalation_policy::delete }

    "/v1/hackathons/{hackathon}/questions" { get => question::ask::list, post => question::ask::ask }
    "/v1/hackathons/{hackathon}/questions/similar" { get => question::queue::similar }
    "/v1/hackathons/{hackathon}/questions/{question}" { get => question::one::show, patch => question::one::change }
    "/v1/hackathons/{hackathon}/questions/{question}/events" { get => question::one::events }
    "/v1/hackathons/{hackathon}/questions/{question}/claim" { post => question::take::claim }
    "/v1/hackathons/{hackathon}/questions/{question}/release" { post => question::take::release }
    "/v1/hackathons/{hackathon}/questions/{question}/take-over" { post => question::take::take_over }
    "/v1/hackathons/{hackathon}/questions/{question}/reassign" { post => question::take::reassign }
    "/v1/hackathons/{hackathon}/questions/{question}/wait" { post => question::take::wait }
    "/v1/hackathons/{hackathon}/questions/{question}/resume" { post => question::take::resume }
    "/v1/hackathons/{hackathon}/questions/{question}/escalate" { post => question::escalate::escalate }
    "/v1/hackathons/{hackathon}/questions/{question}/answers" { post => question::talk::answer }
    "/v1/hackathons/{hackathon}/questions/{question}/comments" { post => question::talk::comment }
    "/v1/hackathons/{hackathon}/questions/{question}/notes" { post => question::talk::note }
    "/v1/hackathons/{hackathon}/questions/{question}/accept" { post => question::settle::accept }
    "/v1/hackathons/{hackathon}/questions/{question}/close" { post => question::settle::close }
    "/v1/hackathons/{hackathon}/questions/{question}/reopen" { post => question::settle::reopen }
    "/v1/hackathons/{hackathon}/questions/{question}/withdraw" { post => question::settle::withdraw }
    "/v1/hackathons/{hackathon}/questions/{question}/duplicates" { post => question::settle::merge }
    "/v1/hackathons/{hackathon}/questions/{question}/handoffs" { get => question::handoff::list, post => question::handoff::offer }
    "/v1/hackathons/{hackathon}/questions/{question}/guests" { get => question::guest::list, post => question::guest::invite }
    "/v1/hackathons/{hackathon}/questions/{question}/guests/{guest}" { delete => question::guest::revoke }
    "/v1/guest/{token}" { get => guest::show }
    "/v1/guest/{token}/answers" { post => guest::answer }
    "/v1/guest/{token}/comments" { post => guest::comment }
    "/v1/hackathons/{hackathon}/questions/{question}/followers/me" { put => question::follow::follow, delete => question::follow::unfollow }
    "/v1/hackathons/{hackathon}/handoffs/{handoff}/accept" { post => question::handoff::accept }
    "/v1/hackathons/{hackathon}/handoffs/{handoff}/decline" { post => question::handoff::decline }
    "/v1/hackathons/{hackathon}/handoffs/{handoff}/withdraw" { post => question::handoff::withdraw }
    "/v1/hackathons/{hackathon}/events" { get => events::listen }
    "/v1/hackathons/{hackathon}/queue" { get => question::queue::queue }

    "/v1/hackathons/{hackathon}/webhooks" { get => webhook::list, post => webhook::create }
    "/v1/hackathons/{hackathon}/webhooks/{webhook}" { get => webhook::show, patch => webhook::change, delete => webhook::remove }
    "/v1/hackathons/{hackathon}/webhooks/{webhook}/secret" { post => webhook::rotate }
    "/v1/hackathons/{hackathon}/webhooks/{webhook}/test" { post => webhook::test }
    "/v1/hackathons/{hackathon}/webhooks/{webhook}/deliveries" { get => webhook::log }
    "/v1/hackathons/{hackathon}/webhooks/{webhook}/deliveries/{delivery}/replay" { post => webhook::replay }

    "/v1/hackathons/{hackathon}/report" { get => report::show }

    "/v1/hackathons/{hackathon}/people" { get => people::list }
    "/v1/hackathons/{hackathon}/debriefs" { get => debrief::list, post => debrief::create }
    "/v1/hackathons/{hackathon}/debriefs/{debrief}" { get => debrief::show, patch => debrief::change, delete => debrief::remove }
    "/v1/hackathons/{hackathon}/follow-ups" { get => follow_up::list, post => follow_up::create }
    "/v1/hackathons/{hackathon}/follow-ups/{follow_up}" { get => follow_up::show, patch => follow_up::change, delete => follow_up::remove }
    "/v1/hackathons/{hackathon}/follow-ups/{follow_up}/checks" { post => follow_up::check }

    "/v1/hackathons/{hackathon}/judging" { get => judging::show, patch => judging::change }
    "/v1/hackathons/{hackathon}/judging/progress" { get => judging::progress }
    "/v1/hackathons/{hackathon}/judging/results" { get => judging::results }
    "/v1/hackathons/{hackathon}/judging/changes" { get => judging::changes }
    "/v1/hackathons/{hackathon}/criteria" { get => judging::criterion::list, post => judging::criterion::create }
    "/v1/hackathons/{hackathon}/criteria/from-brief" { post => judging::criterion::from_brief }
    "/v1/hackathons/{hackathon}/criteria/{criterion}" { get => judging::criterion::show, patch => judging::criterion::change, delete => judging::criterion::remove }
    "/v1/hackathons/{hackathon}/submissions" { get => judging::submission::list, post => judging::submission::create }
    "/v1/hackathons/{hackathon}/submissions/{submission}" { get => judging::submission::show, patch => judging::submission::change, delete => judging::submission::withdraw }
    "/v1/hackathons/{hackathon}/conflicts" { get => judging::conflict::list, post => judging::conflict::declare }
    "/v1/hackathons/{hackathon}/conflicts/{conflict}" { delete => judging::conflict::take_back }
    "/v1/hackathons/{hackathon}/scores" { get => judging::score::list, post => judging::score::create }
    "/v1/hackathons/{hackathon}/scores/{score}" { get => judging::score::show, patch => judging::score::change, delete => judging::score::remove }
    "/v1/hackathons/{hackathon}/scores/{score}/seal" { post => judging::score::seal }
    "/v1/hackathons/{hackathon}/awards" { get => judging::award::list, post => judging::award::create }
    "/v1/hackathons/{hackathon}/awards/{award}" { get => judging::award::show, patch => judging::award::change, delete => judging::award::remove }
}
