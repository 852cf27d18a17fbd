//! W1 to W3: forms come from our own pages, reading changes nothing, and browsers are told what a page may do.

use serde_json::json;
use signpost::db::Backend;
use signpost::pages::PATHS;

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::{Scene, id};
use crate::support::World;

/// RFC 8058: mail programs send this one, with the token in its address as the only proof.
const FOR_MAIL_PROGRAMS: &str = "/unsubscribe/{token}";

/// The id of nothing.
const NOTHING: &str = "0190e2a0-0000-7000-8000-000000000000";

/// The id of something that everybody near it may read, made where there is none.
fn there(scene: &Scene, name: &str) -> String {
    let list = format!("/v1/hackathons/h1/{}s", name.replace('_', "-"));
    let first = scene.get("planner", &list).must(200).json()["items"][0].clone();
    if first["id"].is_string() {
        return id(&first);
    }
    let of =
        |list: &str| scene.get("planner", &format!("/v1/hackathons/h1/{list}")).must(200).json()["items"][0].clone();
    let (team, owner) = (of("teams")["slug"].clone(), of("members?role=organizer")["id"].clone());
    let body = match name {
        "submission" => json!({"team": team, "title": "Red lines", "summary": "Shorter waiting lists."}),
        "debrief" => {
            json!({"about": {"team": team}, "body": "Ask for the data early.", "themes": ["Data"], "shared": true})
        }
        "webhook" => json!({"name": "Bot", "url": "https://nowhere.example.org/"}),
        _ => json!({"title": "The pilot goes on", "owner": owner, "ambition": "pilot"}),
    };
    id(&scene.post("planner", &list, body).must(201).json())
}

/// Ada's member id, and somebody's where she does not take part.
fn member(scene: &Scene) -> String {
    let all = scene.get("planner", "/v1/hackathons/h1/members?limit=100").must(200).json();
    let all = all["items"].as_array().expect("members");
    id(all.iter().find(|one| one["email"] == "ada@example.org").unwrap_or(&all[0]))
}

/// A page's path with things that are there.
pub fn filled(path: &str, scene: &Scene) -> String {
    let made = |param: &str, make: &dyn Fn() -> String| if path.contains(param) { make() } else { String::new() };
    let whose = made("/h/{hackathon}/people/{member}", &|| member(scene));
    ["submission", "debrief", "follow_up", "webhook"]
        .iter()
        .fold(path.to_owned(), |path, name| {
            let part = format!("{{{name}}}");
            if path.contains(&part) { path.replace(&part, &there(scene, name)) } else { path }
        })
        .replace("/h/{hackathon}/people/{member}", &format!("/h/h1/people/{whose}"))
        .replace("{hackathon}", "h1")
        .replace("{question}", &made("{question}", &|| scene.on_etl()))
        .replace("{sprint}", &made("{sprint}", &|| sprint(scene)))
        .replace("{decision}", &made("{decision}", &|| decision(scene)))
        .replace("{criterion}", NOTHING)
        .replace("{conflict}", NOTHING)
        .replace("{score}", NOTHING)
        .replace("{award}", NOTHING)
        .replace("{check_in}", NOTHING)
        .replace("{absence}", NOTHING)
        .replace("{team}", "red")
        .replace("{token}", "x")
        .replace("{name}", "x.css")
        .replace("{handoff}", NOTHING)
        .replace("{channel}", "clinic")
        .replace("{organization}", "acme")
        .replace("{unit}", "operations")
        .replace("{topic}", "etl")
        .replace("{shift}", &made("{shift}", &|| shift(scene)))
        .replace("{member}", NOTHING)
        .replace("{invitation}", NOTHING)
        .replace("{session}", NOTHING)
        .replace("{lesson}", NOTHING)
        .replace("{delivery}", NOTHING)
        .replace("{guest}", NOTHING)
        .replace("{sla_policy}", NOTHING)
        .replace("{escalation_policy}", NOTHING)
        .replace("{responsibility}", NOTHING)
}

/// The id of a shift, which is planned the first time.
fn shift(scene: &Scene) -> String {
    let known = scene.get("planner", "/v1/hackathons/h1/shifts").must(200).json();
    if let Some(first) = known["items"].as_array().and_then(|all| all.first()) {
        return id(first);
    }
    let body = json!({"owner": {"unit": "operations"}, "starts_at": "2024-11-09T10:00:00Z", "ends_at": "2024-11-09T12:00:00Z"});
    id(&scene.post("planner", "/v1/hackathons/h1/shifts", body).must(201).json())
}

/// The number of a sprint, which is planned the first time.
fn sprint(scene: &Scene) -> String {
    let body = json!({"number": 1, "starts_on": "2024-11-04", "ends_on": "2024-11-15"});
    let status = scene.post("planner", "/v1/hackathons/h1/sprints", body).status;
    assert!([201, 422].contains(&status), "{status}");
    "1".to_owned()
}

/// The number of a decision of the whole hackathon, which is recorded the first time.
fn decision(scene: &Scene) -> String {
    let known = scene.get("planner", "/v1/hackathons/h1/decisions").must(200).json();
    if known["items"].as_array().is_some_and(Vec::is_empty) {
        let body = json!({"title": "Use the shared data model", "context": "Two teams read the same tables."});
        scene.post("planner", "/v1/hackathons/h1/decisions", body).must(201);
    }
    "1".to_owned()
}

/// What is stored once Signpost has done on its own what follows from setting the scene: its clockwork winds clocks and
/// tells people in the background.
fn settled(world: &World) -> String {
    let (mut last, mut quiet) = (stored(world), 0);
    for _ in 0..100 {
        std::thread::sleep(std::time::Duration::from_millis(500));
        let now = stored(world);
        quiet = if now == last { quiet + 1 } else { 0 };
        if quiet == 5 {
            return now;
        }
        last = now;
    }
    panic!("something goes on being written");
}

/// All that is stored, as a digest of it.
fn stored(world: &World) -> String {
    match world.db.backend() {
        Backend::Sqlite(path) => {
            let log = path.with_file_name(format!("{}-wal", path.file_name().unwrap().to_string_lossy()));
            let bytes = [path, &log].map(|path| std::fs::read(path).unwrap_or_default()).concat();
            format!("{} {}", bytes.len(), signpost::base::secret::digest(&format!("{bytes:?}")))
        }
        Backend::Postgres(_) => world
            .db
            .read_now(|tx| {
                use diesel::prelude::*;
                #[derive(diesel::QueryableByName)]
                struct Text {
                    #[diesel(sql_type = diesel::sql_types::Text)]
                    text: String,
                }
                let signpost::db::Conn::Postgres(conn) = tx.conn() else { unreachable!("it is PostgreSQL") };
                let rows = |conn: &mut PgConnection, sql: &str| diesel::sql_query(sql).load::<Text>(conn).unwrap();
                let tables =
                    rows(conn, "SELECT tablename::text AS text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
                let content = |table: Text| {
                    let sql = format!(
                        "SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS text FROM \"{}\" t",
                        table.text
                    );
                    rows(conn, &sql).remove(0).text
                };
                Ok(tables.into_iter().map(content).collect::<Vec<_>>().join(" "))
            })
            .unwrap(),
    }
}

on_both! {
    fn w1_no_form_of_another_site_is_taken(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let posts: Vec<String> = PATHS.iter().filter(|(path, method)| *method == "post" && *path != FOR_MAIL_PROGRAMS).map(|(path, _)| filled(path, &scene)).collect();
        assert!(posts.len() > 30);
        let before = settled(world);
        let foreign: [&[(&str, &str)]; 6] = [
            &[],
            &[("Sec-Fetch-Site", "cross-site")],
            &[("Sec-Fetch-Site", "same-site")],
            &[("Sec-Fetch-Site", "none")],
            &[("Origin", "https://evil.example")],
            &[("Origin", "null")],
        ];
        for path in &posts {
            for headers in foreign {
                let refused = planner.post_with(path, &[("body", "x"), ("reason", "x")], headers).must(403);
                assert!(refused.text().contains("did not come from a page of this server"), "{path}");
            }
        }
        assert_eq!(stored(world), before);
        let own = planner.post_with(&posts[0], &[], &[("Origin", &world.url)]);
        assert_ne!(own.status, 403, "a browser without Fetch Metadata says where it is");
    }

    fn w2_no_get_changes_anything(world) {
        let scene = Scene::open(world);
        let gets: Vec<String> = PATHS.iter().filter(|(_, method)| *method == "get").map(|(path, _)| filled(path, &scene)).collect();
        let people = ["planner", "mentor1", "dev1", "ada", "judge", "watcher"].map(|name| Browser::of(world, scene.who(name)));
        let before = settled(world);
        for browser in &people {
            for path in &gets {
                let status = browser.get(path).status;
                assert!(status < 500, "{path} {status}");
                browser.get(&format!("{path}?q=install+a+package&topic=etl&state=open&title=x"));
            }
        }
        assert_eq!(stored(world), before);
    }

    fn w3_every_answer_tells_browsers_what_it_may_do(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let nobody = Browser::new(world);
        for (path, method) in PATHS {
            let path = filled(path, &scene);
            for browser in [&planner, &nobody] {
                let reply = if *method == "get" { browser.get(&path) } else { browser.post(&path, &[]) };
                let header = |name: &str| reply.header(name).unwrap_or_else(|| panic!("{method} {path} ({}) has no {name}", reply.status)).to_owned();
                let policy = header("content-security-policy");
                assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
                assert!(policy.contains("form-action 'self'") && !policy.contains("unsafe"), "{path}: {policy}");
                assert_eq!(header("x-content-type-options"), "nosniff");
                assert_eq!(header("referrer-policy"), "no-referrer");
                assert_eq!(reply.header("strict-transport-security"), None, "it is not reached over TLS");
                if !path.starts_with("/assets/") {
                    assert_eq!(header("cache-control"), "no-store", "{path}");
                }
            }
        }
    }
}
