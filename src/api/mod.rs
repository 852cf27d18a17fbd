//! Floor 5, a face: JSON over HTTP. It parses, asks a concept, and writes; it decides nothing.

pub mod answer;
pub mod body;
pub mod hackathon;
pub mod organization;
pub mod problem;
pub mod shell;
pub mod site;
pub mod unit;

pub mod channel;
pub mod matrix;
pub mod reader;
pub mod responsibility;
pub mod shift;
pub mod topic;

use actix_web::web;

pub use answer::Answered;
pub use body::{Body, Empty, Paging, Query};
pub use site::Site;

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
    "/v1/organizations" { get => organization::list, post => organization::create }
    "/v1/organizations/{organization}" { get => organization::show, patch => organization::change }
    "/v1/hackathons" { get => hackathon::list, post => hackathon::create }
    "/v1/hackathons/{hackathon}" { get => hackathon::show, patch => hackathon::change, delete => hackathon::delete }
    "/v1/hackathons/{hackathon}/units" { get => unit::list, post => unit::create }
    "/v1/hackathons/{hackathon}/units/{unit}" { get => unit::show, patch => unit::change }

    "/v1/hackathons/{hackathon}/topics" { get => topic::list, post => topic::create }
    "/v1/hackathons/{hackathon}/topics/{topic}" { get => topic::show, patch => topic::change, delete => topic::delete }
    "/v1/hackathons/{hackathon}/channels" { get => channel::list, post => channel::create }
    "/v1/hackathons/{hackathon}/channels/{channel}" { get => channel::show, patch => channel::change, delete => channel::delete }
    "/v1/hackathons/{hackathon}/shifts" { get => shift::list, post => shift::create }
    "/v1/hackathons/{hackathon}/shifts/{shift}" { get => shift::show, patch => shift::change, delete => shift::delete }
    "/v1/hackathons/{hackathon}/responsibilities" { get => responsibility::list, post => responsibility::create }
    "/v1/hackathons/{hackathon}/responsibilities/{responsibility}" { get => responsibility::show, delete => responsibility::delete }
    "/v1/hackathons/{hackathon}/matrix" { get => matrix::show }
    "/v1/hackathons/{hackathon}/matrix/findings" { get => matrix::findings }
    "/v1/hackathons/{hackathon}/matrix/publish" { post => matrix::publish }
    "/v1/hackathons/{hackathon}/matrix/versions" { get => matrix::list }
    "/v1/hackathons/{hackathon}/matrix/versions/{a}/diff/{b}" { get => matrix::compare }
}
