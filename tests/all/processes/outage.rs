//! D3, D4: the database is away or its disk is full, and Signpost says so and goes on when it is over. And what the log tells.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use diesel::{RunQueryDsl, sql_query};
use serde_json::json;
use signpost::db::Conn;

use super::{Caller, QUESTIONS, Site, Told, within};
use crate::commands::{Place, Server};
use crate::questions::scene::Scene;
use crate::support::postgres::{Durability, Postgres};
use crate::support::{On, World};

/// How long it may take to say that the database is away.
const TELLS: Duration = Duration::from_secs(5);
/// How long it may take to be back. 2 s are promised; a machine that builds beside the test is slower.
const BACK: Duration = Duration::from_secs(8);

/// Whether it was refused as it should be while the database is away.
#[track_caller]
fn refused_politely(caller: &Caller) {
    let began = Instant::now();
    let told = caller.ask("Is anybody there?").expect("an answer");
    assert!(began.elapsed() < TELLS, "{:?}", began.elapsed());
    assert!(told.status == 503 && told.retry_after.is_some(), "{told:?}");
}

#[track_caller]
fn back(caller: &Caller, server: &mut Server) {
    let asked = |told: Told| (told.status == 201).then_some(());
    within(BACK, "a question", || caller.ask("And now?").and_then(asked));
    assert!(server.child.try_wait().unwrap().is_none(), "it was the same process all the time");
}

#[test]
fn d3_a_database_that_is_killed_and_started_again_is_found_again() {
    let postgres = Postgres::alone(Durability::Full);
    let place = Place { folder: tempfile::tempdir().unwrap(), database: Some(postgres.database()) };
    let site = Site::filled(place);
    let mut server = site.serve();
    let ada = site.caller(&server, "ada");
    assert_eq!(ada.ask("Is it on?").expect("an answer").status, 201);
    for _ in 0..2 {
        postgres.kill();
        refused_politely(&ada);
        postgres.start();
        back(&ada, &mut server);
    }
    postgres.stop();
    refused_politely(&ada);
    postgres.start();
    back(&ada, &mut server);
    drop(server);
    site.sound();
}

/// Stands between a server and its database, and can be cut.
struct Wire {
    address: String,
    is_cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    fn to(port: u16) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let wire =
            Wire { address: listener.local_addr().unwrap().to_string(), is_cut: Arc::default(), open: Arc::default() };
        let (is_cut, open) = (wire.is_cut.clone(), wire.open.clone());
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(far) = TcpStream::connect(("127.0.0.1", port)) else { continue };
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    open.lock().unwrap().push(from.try_clone().unwrap());
                    std::thread::spawn(move || carry(from, to));
                }
            }
        });
        wire
    }

    fn cut(&self) {
        self.is_cut.store(true, Ordering::SeqCst);
        self.open.lock().unwrap().drain(..).for_each(|end| drop(end.shutdown(Shutdown::Both)));
    }

    fn mend(&self) {
        self.is_cut.store(false, Ordering::SeqCst);
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream) {
    let mut bytes = [0; 16_384];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    drop(to.shutdown(Shutdown::Both));
}

#[test]
fn d3_a_network_that_is_cut_and_mended_is_used_again() {
    let [_, place] = Place::each();
    let site = Site::filled(place);
    let postgres = Postgres::shared();
    let wire = Wire::to(postgres.port());
    let url = site.place.database.as_ref().expect("PostgreSQL").url();
    let url = url.replace(&format!("127.0.0.1:{}", postgres.port()), &wire.address);
    let mut server = Server::run(site.command().env("SIGNPOST_DATABASE_URL", url));
    let ada = site.caller(&server, "ada");
    for _ in 0..2 {
        assert_eq!(ada.ask("Is it on?").expect("an answer").status, 201);
        wire.cut();
        refused_politely(&ada);
        wire.mend();
        back(&ada, &mut server);
    }
    drop(server);
    site.sound();
}

/// The pages that the writer of this world's SQLite may fill; none: as many as there are.
fn limit_pages(world: &World, more: Option<i64>) {
    #[derive(diesel::QueryableByName)]
    struct Pages {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        page_count: i64,
    }
    let limited = world.db.write_now(move |tx| {
        let Conn::Sqlite(conn) = tx.conn() else { unreachable!("it is SQLite") };
        let now: Pages = sql_query("PRAGMA page_count").get_result(conn)?;
        let most = more.map_or(1_073_741_823, |more| now.page_count + more);
        sql_query(format!("PRAGMA max_page_count = {most}")).execute(conn)?;
        Ok(())
    });
    limited.unwrap();
}

#[test]
fn d4_a_full_disk_is_told_and_reads_go_on() {
    let world = World::new(On::Sqlite);
    let scene = Scene::open(&world);
    let question = scene.on_etl();
    limit_pages(&world, Some(2));
    let long = "A long story. ".repeat(500);
    let say = || scene.verb_with("dev1", &question, "comments", json!({"body": long})).status;
    let statuses: Vec<u16> = (0..8).map(|_| say()).collect();
    assert_eq!(statuses.last(), Some(&507), "{statuses:?}");
    assert!(statuses.iter().all(|status| [201, 507].contains(status)), "{statuses:?}");
    let said = statuses.iter().filter(|status| **status == 201).count();
    assert_eq!(scene.see("ada", &question)["posts"].as_array().map(Vec::len), Some(said), "nothing half-said");
    limit_pages(&world, None);
    assert_eq!(say(), 201, "it recovers without a new start");
    crate::questions::model::kept(&scene, &question);
}

#[test]
fn a_guest_s_link_is_not_in_the_log() {
    let [place, _] = Place::each();
    let site = Site::filled(place);
    let log = site.place.path("log");
    let mut server = Server::run(site.command().env("SIGNPOST_LOG", "debug").stderr(File::create(&log).unwrap()));
    let (ada, dev1) = (site.caller(&server, "ada"), site.caller(&server, "dev1"));
    let asked = ada.ask("Who knows?").expect("an answer").body;
    let body = json!({"email": "han@example.com", "name": "Dr. Han"});
    let path = format!("{QUESTIONS}/{}/guests", asked["id"].as_str().unwrap());
    let invited = dev1.call("POST", &path, Some(body)).expect("an answer");
    assert_eq!(invited.status, 201, "{invited:?}");
    let token = invited.body["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let door = format!("/v1/guest/{token}");
    let statuses = [
        ada.call("GET", &door, None),
        ada.call("POST", &format!("{door}/answers"), Some(json!({"body": " "}))),
        ada.call("POST", &format!("{door}/answers"), Some(json!({"body": "So."}))),
        ada.call("GET", &format!("/guest/{token}"), None),
        ada.call("GET", &format!("{door}x"), None),
    ];
    let statuses = statuses.map(|told| told.expect("an answer").status);
    assert_eq!(statuses, [200, 422, 201, 200, 404]);
    server.signal("-TERM");
    within(Duration::from_secs(20), "the end", || server.child.try_wait().unwrap());
    let written = std::fs::read_to_string(&log).unwrap();
    assert!(written.contains("/v1/guest/{token}/answers"), "{written}");
    assert!(!written.contains(&token), "{written}");
}
