//! Floor 5, a face: HTML for people with a browser. It needs no scripts, and decides nothing.

pub mod asset;
pub mod demo;
pub mod docs;
pub mod entry;
pub mod field;
pub mod forgotten;
pub mod form;
pub mod frame;
pub mod guest;
pub mod home;
pub mod invitation;
pub mod live;
pub mod preference;
pub mod prose;
pub mod reading;
pub mod refusal;
pub mod session;
pub mod setup;
pub mod shell;
pub mod time;
pub mod typed;
pub mod unsubscribe;
pub mod upload;
pub mod who;
pub mod words;

pub mod question;

pub mod absence;
pub mod after;
pub mod brief;
pub mod capacity;
pub mod decision;
pub mod import;
pub mod judging;
pub mod matrix;
pub mod own;
pub mod people;
pub mod report;
pub mod setting;
pub mod sprint;
pub mod submission;
pub mod team;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, LOCATION, VARY};
use actix_web::middleware::from_fn;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::base::{Error, Lang, Result};
pub use demo::Demo;

/// What a handler of a page gives back.
pub type Shown = Result<HttpResponse>;

/// Pages with their methods: each is dressed and guarded by [`shell::around`], and stands in the list that tests walk.
macro_rules! pages {
    ($($path:literal { $($method:ident => $handler:path),+ $(,)? })*) => {
        /// Every page: path and method.
        pub const PATHS: &[(&str, &str)] = &[$($(($path, stringify!($method))),+),*];

        /// Adds the pages to an app.
        pub fn configure(app: &mut web::ServiceConfig) {
            $(app.service(
                web::resource($path).wrap(from_fn(shell::around))$(.route(route(stringify!($method)).to($handler)))+
            );)*
        }
    };
}

fn route(method: &str) -> actix_web::Route {
    use actix_web::guard;
    match method {
        "post" => web::post(),
        // Whoever may GET may ask for the headers alone.
        _ => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
    }
}

pages! {
    "/" { get => home::show }
    "/sign-in" { get => session::show, post => session::sign_in }
    "/sign-in/demo" { post => session::sign_in_to_demo }
    "/sign-out" { post => session::sign_out }
    "/preferences" { post => preference::keep }
    "/setup/done" { get => setup::done }
    "/setup/{token}" { get => setup::show, post => setup::finish }
    "/forgotten" { get => forgotten::show, post => forgotten::send }
    "/forgotten/{token}" { get => forgotten::choose, post => forgotten::keep }
    "/invitations/{token}" { get => invitation::show, post => invitation::accept }
    "/unsubscribe/{token}" { get => unsubscribe::show, post => unsubscribe::stop }
    "/guest/{token}" { get => guest::show }
    "/guest/{token}/answer" { post => guest::answer }
    "/guest/{token}/comment" { post => guest::comment }
    "/docs" { get => docs::show }
    "/assets/{name}" { get => asset::serve }
    "/me" { get => own::show, post => own::change }
    "/me/password" { post => own::password::change }
    "/me/preferences" { post => own::prefer }
    "/me/sessions/{session}/end" { post => own::end_session }
    "/me/tokens" { post => own::token::make }
    "/me/tokens/{token}/end" { post => own::token::end }
    "/me/notifications" { get => own::news::show }
    "/me/notifications/read" { post => own::news::read }
    "/import" { get => import::show, post => import::read }

    "/h/{hackathon}" { get => who::show }
    "/h/{hackathon}/answer" { get => who::answer }
    "/h/{hackathon}/live" { get => live::listen }
    "/h/{hackathon}/start" { get => home::start }
    "/h/{hackathon}/ask" { get => question::ask::show, post => question::ask::file }
    "/h/{hackathon}/questions" { get => question::list::show }
    "/h/{hackathon}/queue" { get => question::queue::show }
    "/h/{hackathon}/questions/{question}" { get => question::one::show }
    "/h/{hackathon}/questions/{question}/claim" { post => question::take::claim }
    "/h/{hackathon}/questions/{question}/release" { post => question::take::release }
    "/h/{hackathon}/questions/{question}/take-over" { post => question::take::take_over }
    "/h/{hackathon}/questions/{question}/reassign" { post => question::take::reassign }
    "/h/{hackathon}/questions/{question}/wait" { post => question::take::wait }
    "/h/{hackathon}/questions/{question}/resume" { post => question::take::resume }
    "/h/{hackathon}/questions/{question}/answer" { post => question::talk::answer }
    "/h/{hackathon}/questions/{question}/comment" { post => question::talk::comment }
    "/h/{hackathon}/questions/{question}/note" { post => question::talk::note }
    "/h/{hackathon}/questions/{question}/accept" { post => question::settle::accept }
    "/h/{hackathon}/questions/{question}/close" { post => question::settle::close }
    "/h/{hackathon}/questions/{question}/reopen" { post => question::settle::reopen }
    "/h/{hackathon}/questions/{question}/withdraw" { post => question::settle::withdraw }
    "/h/{hackathon}/questions/{question}/duplicate" { post => question::settle::merge }
    "/h/{hackathon}/questions/{question}/edit" { post => question::edit::save }
    "/h/{hackathon}/questions/{question}/hand-off" { post => question::handoff::offer }
    "/h/{hackathon}/questions/{question}/escalate" { post => question::escalate::escalate }
    "/h/{hackathon}/questions/{question}/guests" { post => question::guest::invite }
    "/h/{hackathon}/questions/{question}/guests/{guest}/revoke" { post => question::guest::revoke }
    "/h/{hackathon}/questions/{question}/follow" { post => question::follow::follow }
    "/h/{hackathon}/questions/{question}/unfollow" { post => question::follow::unfollow }
    "/h/{hackathon}/questions/{question}/offers/{handoff}/accept" { post => question::handoff::accept }
    "/h/{hackathon}/questions/{question}/offers/{handoff}/decline" { post => question::handoff::decline }
    "/h/{hackathon}/questions/{question}/offers/{handoff}/withdraw" { post => question::handoff::withdraw }

    "/h/{hackathon}/matrix" { get => matrix::show }
    "/h/{hackathon}/matrix/draft" { get => matrix::draft::show }
    "/h/{hackathon}/matrix/draft/add" { post => matrix::draft::add }
    "/h/{hackathon}/matrix/draft/{responsibility}/remove" { post => matrix::draft::remove }
    "/h/{hackathon}/matrix/publish" { post => matrix::draft::publish }
    "/h/{hackathon}/teams" { get => team::list, post => team::edit::create }
    "/h/{hackathon}/teams/add" { get => team::edit::add }
    "/h/{hackathon}/teams/{team}" { get => team::show }
    "/h/{hackathon}/teams/{team}/edit" { get => team::edit::edit, post => team::edit::rename }
    "/h/{hackathon}/teams/{team}/remove" { post => team::edit::remove }
    "/h/{hackathon}/teams/{team}/members" { post => team::edit::join }
    "/h/{hackathon}/teams/{team}/members/{member}" { post => team::edit::change_mate }
    "/h/{hackathon}/teams/{team}/members/{member}/remove" { post => team::edit::leave }
    "/h/{hackathon}/teams/{team}/mentors" { post => team::edit::stand_by }
    "/h/{hackathon}/teams/{team}/mentors/{member}/remove" { post => team::edit::step_back }
    "/h/{hackathon}/teams/{team}/check-in" { get => sprint::check_in::show }
    "/h/{hackathon}/sprints" { get => sprint::show, post => sprint::plan::create }
    "/h/{hackathon}/sprints/add" { get => sprint::plan::add }
    "/h/{hackathon}/sprints/{sprint}" { get => sprint::one::show }
    "/h/{hackathon}/sprints/{sprint}/edit" { get => sprint::plan::edit, post => sprint::plan::change }
    "/h/{hackathon}/sprints/{sprint}/remove" { post => sprint::plan::remove }
    "/h/{hackathon}/sprints/{sprint}/close" { get => sprint::close::show, post => sprint::close::close }
    "/h/{hackathon}/sprints/{sprint}/reopen" { post => sprint::close::reopen }
    "/h/{hackathon}/sprints/{sprint}/scope-changes" { post => sprint::scope::create }
    "/h/{hackathon}/sprints/{sprint}/check-ins" { post => sprint::check_in::create }
    "/h/{hackathon}/sprints/{sprint}/check-ins/{check_in}" { post => sprint::check_in::change }
    "/h/{hackathon}/capacity" { get => capacity::show }
    "/h/{hackathon}/decisions" { get => decision::show, post => decision::write::create }
    "/h/{hackathon}/decisions/add" { get => decision::write::add }
    "/h/{hackathon}/decisions/file" { get => decision::file }
    "/h/{hackathon}/decisions/{decision}" { get => decision::one::show }
    "/h/{hackathon}/decisions/{decision}/edit" { get => decision::write::edit, post => decision::write::change }
    "/h/{hackathon}/decisions/{decision}/file" { get => decision::one::file }
    "/h/{hackathon}/decisions/{decision}/supersede" { post => decision::one::supersede }
    "/h/{hackathon}/decisions/{decision}/restore" { post => decision::one::restore }
    "/h/{hackathon}/decisions/{decision}/name" { post => decision::one::name }
    "/h/{hackathon}/absences" { get => absence::own }
    "/h/{hackathon}/people/{member}/absences" { get => absence::show, post => absence::add }
    "/h/{hackathon}/people/{member}/absences/{absence}" { post => absence::change }
    "/h/{hackathon}/people/{member}/absences/{absence}/remove" { post => absence::remove }
    "/h/{hackathon}/brief" { get => brief::show }
    "/h/{hackathon}/brief/read" { post => brief::acknowledge }
    "/h/{hackathon}/brief/write" { get => brief::write::show, post => brief::write::write }
    "/h/{hackathon}/people" { get => people::show }
    "/h/{hackathon}/teams/{team}/submission" { get => submission::show, post => submission::save }
    "/h/{hackathon}/teams/{team}/submission/withdraw" { post => submission::withdraw }
    "/h/{hackathon}/judging" { get => judging::show, post => judging::set }
    "/h/{hackathon}/judging/criteria" { get => judging::criterion::show, post => judging::criterion::add }
    "/h/{hackathon}/judging/criteria/from-brief" { post => judging::criterion::from_brief }
    "/h/{hackathon}/judging/criteria/{criterion}" { post => judging::criterion::change }
    "/h/{hackathon}/judging/criteria/{criterion}/remove" { post => judging::criterion::remove }
    "/h/{hackathon}/judging/conflicts" { get => judging::conflict::show, post => judging::conflict::declare }
    "/h/{hackathon}/judging/conflicts/{conflict}/take-back" { post => judging::conflict::take_back }
    "/h/{hackathon}/judging/scores/{submission}" { get => judging::score::show, post => judging::score::begin }
    "/h/{hackathon}/judging/scores/{submission}/{score}" { post => judging::score::change }
    "/h/{hackathon}/judging/scores/{submission}/{score}/seal" { post => judging::score::seal }
    "/h/{hackathon}/judging/scores/{submission}/{score}/drop" { post => judging::score::discard }
    "/h/{hackathon}/judging/results" { get => judging::result::show }
    "/h/{hackathon}/judging/changes" { get => judging::change::show }
    "/h/{hackathon}/after" { get => after::award::show }
    "/h/{hackathon}/after/awards" { post => after::award::add }
    "/h/{hackathon}/after/awards/{award}" { post => after::award::change }
    "/h/{hackathon}/after/awards/{award}/remove" { post => after::award::remove }
    "/h/{hackathon}/after/debriefs" { get => after::debrief::show }
    "/h/{hackathon}/after/debriefs/new" { get => after::debrief::one::blank, post => after::debrief::one::write }
    "/h/{hackathon}/after/debriefs/{debrief}" { get => after::debrief::one::show, post => after::debrief::one::change }
    "/h/{hackathon}/after/debriefs/{debrief}/share" { post => after::debrief::one::share }
    "/h/{hackathon}/after/debriefs/{debrief}/remove" { post => after::debrief::one::remove }
    "/h/{hackathon}/after/follow-ups" { get => after::follow_up::show }
    "/h/{hackathon}/after/follow-ups/new" { get => after::follow_up::one::blank, post => after::follow_up::one::open }
    "/h/{hackathon}/after/follow-ups/{follow_up}" { get => after::follow_up::one::show, post => after::follow_up::one::change }
    "/h/{hackathon}/after/follow-ups/{follow_up}/check" { post => after::follow_up::one::check }
    "/h/{hackathon}/after/follow-ups/{follow_up}/remove" { post => after::follow_up::one::remove }
    "/h/{hackathon}/report" { get => report::show }
    "/h/{hackathon}/report/file" { get => report::file }
    "/h/{hackathon}/settings" { get => setting::show }
    "/h/{hackathon}/settings/people" { get => setting::people::show }
    "/h/{hackathon}/settings/people/import" { get => setting::bring::show, post => setting::bring::bring }
    "/h/{hackathon}/settings/people/invite" { post => setting::people::invite }
    "/h/{hackathon}/settings/people/invitations/{invitation}/revoke" { post => setting::people::revoke }
    "/h/{hackathon}/settings/people/{member}" { post => setting::people::change }
    "/h/{hackathon}/settings/people/{member}/remove" { post => setting::people::remove }
    "/h/{hackathon}/settings/channels" { get => setting::channel::show, post => setting::channel::add }
    "/h/{hackathon}/settings/channels/{channel}" { get => setting::channel::edit, post => setting::channel::change }
    "/h/{hackathon}/settings/channels/{channel}/remove" { post => setting::channel::remove }
    "/h/{hackathon}/settings/shifts" { get => setting::shift::show, post => setting::shift::add }
    "/h/{hackathon}/settings/shifts/{shift}" { get => setting::shift::edit, post => setting::shift::change }
    "/h/{hackathon}/settings/shifts/{shift}/remove" { post => setting::shift::remove }
    "/h/{hackathon}/settings/organizations" { get => setting::organization::show, post => setting::organization::add }
    "/h/{hackathon}/settings/organizations/{organization}" { get => setting::organization::edit, post => setting::organization::change }
    "/h/{hackathon}/settings/organizations/{organization}/remove" { post => setting::organization::remove }
    "/h/{hackathon}/settings/units" { post => setting::unit::add }
    "/h/{hackathon}/settings/units/{unit}" { get => setting::unit::edit, post => setting::unit::change }
    "/h/{hackathon}/settings/units/{unit}/remove" { post => setting::unit::remove }
    "/h/{hackathon}/settings/topics" { get => setting::topic::show, post => setting::topic::add }
    "/h/{hackathon}/settings/packs" { post => setting::pack::take }
    "/h/{hackathon}/settings/topics/{topic}" { get => setting::topic::edit, post => setting::topic::change }
    "/h/{hackathon}/settings/topics/{topic}/remove" { post => setting::topic::remove }
    "/h/{hackathon}/settings/hackathon" { get => setting::hackathon::show, post => setting::hackathon::change }
    "/h/{hackathon}/settings/hackathon/file" { get => setting::hackathon::file }
    "/h/{hackathon}/settings/hackathon/archive/file" { get => setting::hackathon::archive }
    "/h/{hackathon}/settings/hackathon/end" { post => setting::hackathon::end }
    "/h/{hackathon}/settings/hackathon/reopen" { post => setting::hackathon::reopen }
    "/h/{hackathon}/settings/hackathon/delete" { post => setting::hackathon::delete }
    "/h/{hackathon}/settings/policies" { get => setting::policy::show }
    "/h/{hackathon}/settings/policies/promises" { post => setting::policy::promise }
    "/h/{hackathon}/settings/policies/promises/{sla_policy}/remove" { post => setting::policy::remove_promise }
    "/h/{hackathon}/settings/policies/escalations" { post => setting::policy::escalation }
    "/h/{hackathon}/settings/policies/escalations/{escalation_policy}/remove" { post => setting::policy::remove_escalation }
    "/h/{hackathon}/settings/lessons" { get => setting::lesson::show }
    "/h/{hackathon}/settings/lessons/{lesson}" { post => setting::lesson::change }
    "/h/{hackathon}/settings/webhooks" { get => setting::webhook::show, post => setting::webhook::add }
    "/h/{hackathon}/settings/webhooks/{webhook}" { get => setting::webhook::one::show, post => setting::webhook::one::change }
    "/h/{hackathon}/settings/webhooks/{webhook}/switch" { post => setting::webhook::one::switch }
    "/h/{hackathon}/settings/webhooks/{webhook}/test" { post => setting::webhook::one::test }
    "/h/{hackathon}/settings/webhooks/{webhook}/secret" { post => setting::webhook::one::rotate }
    "/h/{hackathon}/settings/webhooks/{webhook}/remove" { post => setting::webhook::one::remove }
    "/h/{hackathon}/settings/webhooks/{webhook}/deliveries/{delivery}/replay" { post => setting::webhook::one::replay }
}

/// A page in this language. What it says depends on who reads it and in which language; [`shell::dress`] does the rest.
fn page(status: StatusCode, lang: Lang, template: &impl Template) -> Shown {
    let html = template.render().map_err(Error::internal)?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_LANGUAGE, lang.code()))
        .insert_header((VARY, "Accept-Language, Cookie"))
        .body(html))
}

/// Sends the browser on with a GET: what was posted is not posted again when the page is read again.
fn see_other(place: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, place)).finish()
}
